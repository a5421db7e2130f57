import { readEngagementRows, type EngagementRows } from '../../../projections/overview/queries-current';
import type {
  Action,
  Adaptation,
  Barrier,
  CheckIn,
  Engagement,
  Goal,
  Milestone,
  Phase,
  Resource,
  Signature,
  Stretch,
  Things,
} from '../../engagement/engagement';
import type { Facts, Observation } from '../../engagement/measures/facts';
import type { Id, IsoDate, PartyName } from '../../engagement/values';
import type { Queryable } from '../../platform/database';

/** What is known of an engagement as things stand now, and the revision of its stream that says so. */
export type CurrentFacts = { readonly facts: Facts; readonly revision: number };

/**
 * The same facts that folding each engagement's stream would give, from the rows of the read models; engagements that
 * are not there are left out. One statement for any number of ids.
 */
export async function currentFacts(
  db: Queryable,
  tenantId: string,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, CurrentFacts>> {
  const rows = await readEngagementRows(db, tenantId, ids);
  return new Map(rows.map((row) => [row.engagementId, { facts: toFacts(row), revision: row.revision }]));
}

function toFacts(rows: EngagementRows): Facts {
  const goals = rows.goals.map(toGoal);
  const retargets = new Map(goals.map((goal) => [goal.goalId, goal.retargets]));
  return {
    engagement: {
      ...toAgreement(rows.engagementId, rows.engagement),
      plan: {
        revision: rows.engagement.planRevision,
        agreedAt: rows.engagement.planAgreedAt,
        lastAdaptedAt: rows.engagement.planLastAdaptedAt,
        adaptations: rows.planRevisions.flatMap(toAdaptation),
        effectiveOn: rows.engagement.planEffectiveOn,
      },
      goals: byId(goals, (goal) => goal.goalId),
      milestones: byId(rows.milestones.map(toMilestone), (milestone) => milestone.milestoneId),
      actions: byId(rows.actions.map(toAction), (action) => action.actionId),
      resources: byId(
        rows.resources.map((resource) => toResource(resource, rows.allocations)),
        (resource) => resource.resourceId,
      ),
      barriers: byId(rows.barriers.map(toBarrier), (barrier) => barrier.barrierId),
      checkIns: byId(rows.checkIns.map(toCheckIn), (checkIn) => checkIn.checkInId),
      otherIds: toOtherIds(rows),
    },
    observations: rows.observations.map((row): Observation => {
      const { observationId, goalId, kind, value, observedOn, rater, corrected, retargetsSince } = row;
      const made = (retargets.get(goalId) ?? 0) - retargetsSince;
      return { eventId: observationId, goalId, kind, value, observedOn, rater, retargets: made, corrected };
    }),
  };
}

type Agreement = Omit<Engagement, 'plan' | 'otherIds' | keyof Things>;

function toAgreement(engagementId: Id, row: EngagementRows['engagement']): Agreement {
  const { clientId, coachId, sponsorId, startsOn, endsOn, checkInEveryDays, vision } = row;
  return {
    engagementId,
    clientId,
    coachId,
    sponsorId,
    startsOn,
    endsOn,
    checkInEveryDays,
    phase: toPhase(row),
    signatures: toSignatures(row),
    vision,
  };
}

function toPhase({
  status,
  startedAt,
  endedAt,
  lastChangeAt,
  activeFrom,
  activeTo,
}: EngagementRows['engagement']): Phase {
  return { status, startedAt, endedAt, lastChangeAt, activeStretches: toStretches(activeFrom, activeTo) };
}

function toStretches(from: readonly IsoDate[], to: readonly IsoDate[]): readonly Stretch[] {
  return from.map((day, index) => ({ from: day, to: to[index] ?? null }));
}

/** In the order in which they were given. */
function toSignatures(row: EngagementRows['engagement']): readonly Signature[] {
  const given = [
    { party: 'client' as PartyName, signature: row.clientSignature },
    { party: 'coach' as PartyName, signature: row.coachSignature },
    { party: 'sponsor' as PartyName, signature: row.sponsorSignature },
  ];
  return given
    .flatMap(({ party, signature }) => (signature ? [{ party, ...signature }] : []))
    .sort((a, b) => a.revision - b.revision)
    .map(({ party, discloses, eventId }) => ({ party, discloses, eventId }));
}

function toAdaptation(row: EngagementRows['planRevisions'][number]): readonly Adaptation[] {
  const { revision, reasonCode, effectiveOn } = row;
  return reasonCode === null ? [] : [{ revision, reasonCode, effectiveOn }];
}

function toGoal(row: EngagementRows['goals'][number]): Goal {
  return {
    goalId: row.goalId,
    specific: row.specific,
    measure: row.measure,
    attainmentScale: row.attainmentScale,
    achievability: row.achievability,
    relevance: row.relevance,
    startOn: row.startOn,
    dueOn: row.dueOn,
    datesOverrideReason: row.datesOverrideReason,
    source: row.source,
    weight: row.weight,
    rank: row.rank,
    lifecycle: row.lifecycle,
    dropOutcome: row.dropOutcome,
    baselineDueOn: row.baselineDueOn,
    retargets: row.retargets,
    activeSince: row.activeSince,
  };
}

function toMilestone(row: EngagementRows['milestones'][number]): Milestone {
  const { milestoneId, goalId, title, criterion, dueOn, order, state, baselineDueOn, reachedOn, droppedOn } = row;
  return { milestoneId, goalId, title, criterion, dueOn, order, state, baselineDueOn, reachedOn, droppedOn };
}

function toAction(row: EngagementRows['actions'][number]): Action {
  const { actionId, milestoneId, title, owner, dueOn, commitment, state, baselineDueOn, completedOn } = row;
  return { actionId, milestoneId, title, owner, dueOn, commitment, state, baselineDueOn, completedOn };
}

function toResource(row: EngagementRows['resources'][number], allocations: EngagementRows['allocations']): Resource {
  const { resourceId, kind, description, budget, state } = row;
  const allocated = allocations
    .filter((allocation) => allocation.resourceId === resourceId)
    .map(({ to, amount }) => ({ to, amount }));
  return { resourceId, kind, description, budget, allocated, state };
}

export function toBarrier(row: EngagementRows['barriers'][number]): Barrier {
  const { barrierId, category, description, severity, affects, state, openFrom, openTo, strategies } = row;
  const openStretches = toStretches(openFrom, openTo);
  return { barrierId, category, description, severity, affects, state, openStretches, strategies };
}

function toCheckIn(row: EngagementRows['checkIns'][number]): CheckIn {
  const { checkInId, state, scheduledFor, heldAt, summary, confidence, missedBy, missedOn } = row;
  return { checkInId, state, scheduledFor, heldAt, summary, confidence, missedBy, missedOn };
}

function toOtherIds(rows: EngagementRows): Engagement['otherIds'] {
  const strategies = rows.barriers.flatMap((barrier) => barrier.strategies);
  return Object.fromEntries([
    ...strategies.map(({ strategyId }) => [strategyId, 'strategy'] as const),
    ...rows.moments.map(({ momentId, kind }) => [momentId, kind] as const),
    ...rows.notes.map(({ noteId }) => [noteId, 'note'] as const),
  ]);
}

function byId<T>(things: readonly T[], idOf: (thing: T) => Id): Readonly<Record<Id, T>> {
  return Object.fromEntries(things.map((thing) => [idOf(thing), thing]));
}
