import type { Plan, PlanDiff, PlanDiffChange, PlanDiffThing } from '../../application/queries/shapes';
import type { Id } from '../../engagement/values';
import type { Api } from '../api';
import { client, engagementId } from '../stories/career-season/people';
import { cut, dim, green, print, printTitle, red, yellow } from './terminal';

const NAME = 42;

/** The first and the newest revision side by side. */
export async function printDifference(api: Api): Promise<void> {
  const plan = await api.get<Plan>(client, `/engagements/${engagementId}/plan`);
  const newest = plan.revision;
  printTitle(
    `Revision 1 and revision ${newest}`,
    `GET …/plan/diff?from=1&to=${newest}`,
    'What is other than it was agreed at first?',
  );
  const diff = await api.get<PlanDiff>(client, `/engagements/${engagementId}/plan/diff?from=1&to=${newest}`);
  const names = namesIn(plan);
  for (const changed of diff.changed) {
    const name = cut(names.get(changed.id) ?? changed.id, NAME - 1).padEnd(NAME);
    print(`  ${yellow('~')} ${dim(changed.kind.padEnd(11))}${name}${inWords(changed)}`);
  }
  for (const thing of diff.added) print(`  ${green('+')} ${dim(thing.kind.padEnd(11))}${nameOf(thing)}`);
  for (const thing of diff.dropped) print(`  ${red('−')} ${dim(thing.kind.padEnd(11))}${nameOf(thing)}`);
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
  const { specific, title, description, dueOn } = value as Partial<Record<string, string>>;
  return cut(specific ?? title ?? description ?? id, 66) + (dueOn === undefined ? '' : dim(`, due ${dueOn}`));
}

/** Dates and amounts, old and new; a text that stands in the line as the name already, or has no room, by its field. */
function inWords({ field, from, to }: PlanDiffChange): string {
  if (field === 'specific' || field === 'title') return `${dim('was')} ${cut(String(from), 37)}`;
  const [old, now] = [inShort(from), inShort(to)];
  const label = field === 'dueOn' ? 'due' : field;
  return old === null || now === null ? `${label} in other words` : `${dim(label)} ${old} → ${now}`;
}

function inShort(value: unknown): string | null {
  if (typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value) {
    return `${String(value.amount)} ${String(value.currency)}`;
  }
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.length <= 12 ? value : null;
}
