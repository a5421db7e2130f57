import { isDeepStrictEqual } from 'node:util';
import type { PastEngagementEvent } from '../../engagement/events';
import type { Id } from '../../engagement/values';
import type { Plan, PlanDiff, PlanDiffChange, PlanDiffThing } from './shapes';

type Kind = PlanDiffThing['kind'];
type Thing = { readonly kind: Kind; readonly id: Id; readonly value: Readonly<Record<string, unknown>> };

/** The fields that are commitments; the others tell how far one has come. */
const commitments: Readonly<Record<Kind, readonly string[]>> = {
  goal: ['specific', 'relevance', 'measure', 'attainmentScale', 'weight', 'startOn', 'dueOn'],
  milestone: ['title', 'criterion', 'dueOn', 'order'],
  action: ['title', 'owner', 'dueOn'],
  resource: ['description', 'budget'],
};

/**
 * What differs between two revisions of a plan. From the higher to the lower one it is the mirror image.
 *
 * @param between the events that made the revisions above the lower one, up to the higher one
 */
export function planDiff(from: Plan, to: Plan, between: readonly PastEngagementEvent[]): PlanDiff {
  const reasons = reasonsIn(between);
  if (from.revision > to.revision) return { ...mirrored(compare(to, from, reorderedIn(between))), reasons };
  return { ...compare(from, to, reorderedIn(between)), reasons };
}

type Differences = Omit<PlanDiff, 'reasons'>;

function compare(from: Plan, to: Plan, reordered: ReadonlySet<Id>): Differences {
  const before = thingsIn(from);
  const after = thingsIn(to);
  return {
    from: from.revision,
    to: to.revision,
    added: [...after.values()].filter(({ id }) => !before.has(id)),
    dropped: [...before.values()].filter(({ id }) => !after.has(id)),
    changed: [...before.values()].flatMap((old) => {
      const now = after.get(old.id);
      return now ? changesOf(old, now, reordered) : [];
    }),
  };
}

function changesOf(before: Thing, after: Thing, reordered: ReadonlySet<Id>): readonly PlanDiffChange[] {
  const { kind, id } = before;
  return commitments[kind].flatMap((field): readonly PlanDiffChange[] => {
    const [from, to] = [before.value[field], after.value[field]];
    // A milestone that only made room for another was not reordered.
    if (field === 'order' && !reordered.has(String(before.value.goalId))) return [];
    return isDeepStrictEqual(from, to) ? [] : [{ kind, id, field, from, to }];
  });
}

function thingsIn({ goals, milestones, actions, resources }: Plan): ReadonlyMap<Id, Thing> {
  const things: readonly Thing[] = [
    ...goals.map((value) => ({ kind: 'goal' as const, id: value.goalId, value })),
    ...milestones.map((value) => ({ kind: 'milestone' as const, id: value.milestoneId, value })),
    ...actions.map((value) => ({ kind: 'action' as const, id: value.actionId, value })),
    ...resources.map((value) => ({ kind: 'resource' as const, id: value.resourceId, value })),
  ];
  return new Map(things.map((thing) => [thing.id, thing]));
}

function mirrored({ from, to, added, dropped, changed }: Differences): Differences {
  return {
    from: to,
    to: from,
    added: dropped,
    dropped: added,
    changed: changed.map((change) => ({ ...change, from: change.to, to: change.from })),
  };
}

function reorderedIn(between: readonly PastEngagementEvent[]): ReadonlySet<Id> {
  const changes = between.flatMap((event) => (event.type === 'PlanAdapted' ? event.data.changes : []));
  return new Set(changes.flatMap((change) => (change.op === 'milestone-reordered' ? [change.goalId] : [])));
}

function reasonsIn(between: readonly PastEngagementEvent[]): PlanDiff['reasons'] {
  return between.flatMap((event): PlanDiff['reasons'] => {
    if (event.type === 'PlanAgreed') {
      const { revision, effectiveOn } = event.data;
      return [{ revision, reasonCode: null, reasonText: null, effectiveOn }];
    }
    if (event.type !== 'PlanAdapted') return [];
    const { revision, reasonCode, reasonText, effectiveOn } = event.data;
    return [{ revision, reasonCode, reasonText, effectiveOn }];
  });
}
