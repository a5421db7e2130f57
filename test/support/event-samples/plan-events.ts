import type { Engagement } from '../../../src/engagement/engagement';
import { addDays } from '../../../src/engagement/calendar';
import { planChangesFor } from '../plan-change-samples';
import type { Random } from '../random';
import { action, milestone } from '../thing-samples';
import { of, onAction, onCheckIn, onGoal, onMilestone, repeat, withOne, type Make } from './making';

/** What happens in the plan and around it. */
export const planEvents: readonly Make[] = [
  ...repeat(3, (state, random) =>
    onGoal(state, random, ['active', 'on-hold'], (goalId) =>
      of('MilestonePlanned', milestone(random, goalId, 1 + random.below(3))),
    ),
  ),
  (state, random, { today }) =>
    onMilestone(state, random, ['planned', 'missed'], (milestoneId) =>
      of('MilestoneReached', { milestoneId, reachedOn: today, evidence: null }),
    ),
  (state, random) =>
    onMilestone(state, random, ['planned'], (milestoneId) => of('MilestoneMissed', { milestoneId, reason: null })),
  (state, random) =>
    onMilestone(state, random, ['reached', 'missed'], (milestoneId) =>
      of('MilestoneReopened', { milestoneId, reason: 'Not yet' }),
    ),
  (state, random) =>
    random.chance(0.3)
      ? onMilestone(state, random, ['planned', 'missed'], (milestoneId) =>
          of('MilestoneDropped', { milestoneId, reason: null }),
        )
      : null,
  ...repeat(3, (state, random) =>
    onMilestone(state, random, ['planned', 'missed', 'reached'], (milestoneId) =>
      of('ActionCommitted', action(random, milestoneId)),
    ),
  ),
  (state, random, { today }) =>
    onAction(state, random, (actionId) => of('ActionCompleted', { actionId, completedOn: today })),
  (state, random) => onAction(state, random, (actionId) => of('ActionDropped', { actionId, reason: 'Moot' })),
  (_state, random) =>
    of('ResourceIdentified', {
      resourceId: random.uuid(),
      kind: random.pick(['skill', 'network', 'funding', 'time', 'tool'] as const),
      description: random.word(),
      budget: random.chance(0.5) ? { amount: '600.00', currency: 'EUR' } : null,
    }),
  ...repeat(2, (state: Engagement, random: Random) =>
    withOne(random, Object.values(state.resources), ({ resourceId, budget }) =>
      onMilestone(state, random, ['planned', 'reached'], (to) =>
        of('ResourceAllocated', { resourceId, to, amount: budget && { ...budget, amount: '50.00' } }),
      ),
    ),
  ),
  (state, random) =>
    withOne(
      random,
      Object.values(state.resources).filter(({ allocated }) => allocated.length > 0),
      ({ resourceId, allocated }) =>
        of('ResourceReleased', {
          resourceId,
          to: random.chance(0.7) ? (allocated[0]?.to ?? null) : null,
          reason: 'Done',
        }),
    ),
  (state, random) =>
    of('BarrierIdentified', {
      barrierId: random.uuid(),
      category: random.pick(['internal', 'external', 'skill', 'resource', 'relationship'] as const),
      description: random.word(),
      severity: 1 + random.below(5),
      affects: Object.keys(state.milestones).slice(0, random.below(3)),
    }),
  (state, random) =>
    withOne(random, Object.values(state.barriers), ({ barrierId }) =>
      of('BarrierStrategyAgreed', { barrierId, strategyId: random.uuid(), description: random.word() }),
    ),
  (state, random, { today }) =>
    withOne(
      random,
      Object.values(state.barriers).filter((barrier) => barrier.state === 'open'),
      ({ barrierId }) => of('BarrierResolved', { barrierId, outcome: 'Solved', resolvedOn: today }),
    ),
  (state, random) =>
    withOne(
      random,
      Object.values(state.barriers).filter((barrier) => barrier.state === 'resolved'),
      ({ barrierId }) => of('BarrierReopened', { barrierId, reason: 'Again' }),
    ),
  (_state, random, { today }) =>
    of('CheckInScheduled', {
      checkInId: random.uuid(),
      scheduledFor: `${addDays(today, random.below(20))}T09:30:00.000Z`,
    }),
  (state, random, { today }) =>
    onCheckIn(state, random, ['scheduled', 'missed'], (checkInId) =>
      of('CheckInRescheduled', { checkInId, scheduledFor: `${today}T16:00:00.250Z`, reason: 'Ill' }),
    ),
  (state, random, { today }) =>
    onCheckIn(state, random, ['scheduled'], (checkInId) =>
      of('CheckInHeld', {
        checkInId,
        heldAt: `${today}T10:00:00.000Z`,
        summary: random.word(),
        confidence: random.chance(0.5) ? 7 : null,
      }),
    ),
  (state, random) =>
    onCheckIn(state, random, ['scheduled'], (checkInId) =>
      of('CheckInMissed', { checkInId, by: 'client', reason: null }),
    ),
  (state, _random, { today }) =>
    state.plan.revision === 0 && Object.keys(state.goals).length > 0
      ? of('PlanAgreed', { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: today })
      : null,
  ...repeat(2, (state, random, { today, seen }) => {
    const changes = planChangesFor(state, random);
    if (state.plan.revision === 0 || changes.length === 0) return null;
    return of('PlanAdapted', {
      revision: state.plan.revision + 1,
      baseRevision: state.plan.revision,
      reasonCode: random.pick(['circumstances', 'barrier', 'setback', 'data-correction'] as const),
      reasonText: 'Things changed',
      triggeredBy: seen.slice(0, 1),
      changes,
      agreedBy: ['client', 'coach'],
      sponsorInformed: random.chance(0.5),
      effectiveOn: today,
    });
  }),
  (state, random) =>
    withOne(random, Object.keys(state.goals), (about) =>
      of('AchievementCelebrated', { celebrationId: random.uuid(), about, how: 'Cake' }),
    ),
  (_state, random) => of('SetbackRecorded', { setbackId: random.uuid(), description: random.word() }),
  (_state, random) => of('LessonLearned', { setbackId: random.uuid(), lesson: random.word() }),
  (state, random) =>
    of('NoteRecorded', {
      noteId: random.uuid(),
      visibility: random.pick(['coach-private', 'shared'] as const),
      text: `${random.word()} — “ok”\n`,
      about: Object.keys(state.goals)[0] ?? null,
      digest: random.hex(64),
    }),
];
