import { ApiSchema } from '@nestjs/swagger';
import { Is } from '../../fields/dto';
import { amount, currency, instant, text, uuid } from '../../fields/kinds';

/** What every command's body may carry beside its own fields. */
export class CommandFields {
  /** When it happened; now when absent. */
  @Is(instant, { optional: true })
  occurredAt!: string | null;

  /** The party for whom the coach records it. */
  @Is(uuid, { optional: true })
  onBehalfOf!: string | null;
}

/** Of a command whose path says it all. */
@ApiSchema({ name: 'NoFields' })
export class NoFields {}

export class Reason {
  @Is(text, { example: 'Parental leave until June.' })
  reason!: string;
}

export class MoneyBody {
  @Is(amount)
  amount!: string;

  @Is(currency)
  currency!: string;
}
