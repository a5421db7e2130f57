import type { Allocation, Resource } from '../../engagement';
import { refuse, type Refusal } from '../../refusal';
import type { Money } from '../../values';

/** Whole hundredths of the currency. */
export function centsOf(money: Money): bigint {
  return BigInt(money.amount.replace('.', ''));
}

/**
 * Rule 8: refuses allocations in more than one currency, the budget's where there is one, or above the budget.
 * `path` is the field at fault.
 */
export function fundingRefusal(
  budget: Resource['budget'],
  allocated: readonly Allocation[],
  path: string,
): Refusal | undefined {
  const amounts = allocated.flatMap(({ amount }) => amount ?? []);
  const currency = (budget ?? amounts[0])?.currency;
  const other = amounts.find((amount) => amount.currency !== currency);
  if (currency !== undefined && other !== undefined) {
    const detail = `The resource's funding is in ${currency}, not in ${other.currency}: give amounts in one currency.`;
    return refuse('other-currency', detail, { path });
  }
  if (budget === null) return undefined;
  const total = amounts.reduce((sum, amount) => sum + centsOf(amount), 0n);
  if (total <= centsOf(budget)) return undefined;
  return refuse(
    'over-budget',
    `${textOf(total)} ${budget.currency} would be allocated of a budget of ${budget.amount}: ` +
      'allocate less, release something first, or have the budget raised.',
    { path },
  );
}

/** A refusal for an allocation of funding without its amount. */
export function withoutAmount({ kind }: Pick<Resource, 'kind'>, amount: Money | null): Refusal | undefined {
  if (kind !== 'funding' || amount !== null) return undefined;
  return refuse('wrong-state', 'Funding is allocated with an amount: give one.', { path: 'amount' });
}

function textOf(cents: bigint): string {
  const digits = cents.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
