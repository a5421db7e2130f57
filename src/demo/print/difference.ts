import type { Plan, PlanDiff, PlanDiffThing } from '../../application/queries/shapes';
import type { Id } from '../../engagement/values';
import type { Api } from '../api';
import { client, engagementId } from '../stories/career-season/people';
import { cut, dim, green, print, printTitle, red, yellow } from './terminal';

/** The first and the newest revision side by side. */
export async function printDifference(api: Api): Promise<void> {
  const plan = await api.get<Plan>(client, `/engagements/${engagementId}/plan`);
  const path = `/engagements/${engagementId}/plan/diff?from=1&to=${plan.revision}`;
  printTitle(`Revision 1 and revision ${plan.revision}`, 'what is other than it was agreed at first?');
  const diff = await api.get<PlanDiff>(client, path);
  const names = namesIn(plan);
  for (const { kind, id, field, from, to } of diff.changed) {
    const name = cut(names.get(id) ?? id, 34).padEnd(34);
    print(`  ${yellow('~')} ${dim(kind.padEnd(10))}${name}  ${dim(field.padEnd(11))}${change(from, to)}`);
  }
  for (const thing of diff.added) print(`  ${green('+')} ${dim(thing.kind.padEnd(10))}${nameOf(thing)}`);
  for (const thing of diff.dropped) print(`  ${red('−')} ${dim(thing.kind.padEnd(10))}${nameOf(thing)}`);
}

function namesIn(plan: Plan): ReadonlyMap<Id, string> {
  return new Map([
    ...plan.goals.map((goal) => [goal.goalId, goal.specific] as const),
    ...plan.milestones.map((milestone) => [milestone.milestoneId, milestone.title] as const),
    ...plan.actions.map((action) => [action.actionId, action.title] as const),
    ...plan.resources.map((resource) => [resource.resourceId, resource.description] as const),
  ]);
}

function nameOf({ value, id }: PlanDiffThing): string {
  const { specific, title, description } = value as Partial<Record<string, string>>;
  return cut(specific ?? title ?? description ?? id, 86);
}

/** Dates and amounts with the old value; of texts only the new one, there is no room for both. */
function change(from: unknown, to: unknown): string {
  const [old, now] = [inShort(from), inShort(to)];
  return old.length + now.length > 36 ? cut(now, 38) : `${old} → ${now}`;
}

function inShort(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value) {
    return `${String(value.amount)} ${String(value.currency)}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
