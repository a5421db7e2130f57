import type { Engagement } from '../../../src/engagement/engagement';
import type { EngagementEvent } from '../../../src/engagement/events';
import type { GoalDetails, Id } from '../../../src/engagement/values';
import type { Random } from '../random';
import { goal } from '../thing-samples';
import { of, onGoal, repeat, withOne, type Make } from './making';

/** What happens to the agreement and to goals. One after another, so that no type is left out by chance: what occurs often stands here more than once. */
export const goalEvents: readonly Make[] = [
  (_state, random) => of('AgreementSigned', signature(random)),
  (state) => (state.phase.status === 'preparing' ? of('EngagementStarted', {}) : null),
  (state, random) =>
    state.phase.status === 'active' && random.chance(0.3) ? of('EngagementPaused', { reason: 'Leave' }) : null,
  (state) => (state.phase.status === 'paused' ? of('EngagementResumed', {}) : null),
  (_state, random) =>
    random.chance(0.2) ? of('EngagementExtended', { endsOn: '2027-06-30', reason: 'More time' }) : null,
  (_state, random) => (random.chance(0.1) ? of('CoachReassigned', { coachId: random.uuid(), reason: 'Moved' }) : null),
  (state, random) =>
    state.phase.status === 'active' && random.chance(0.05)
      ? of('EngagementCompleted', { summary: 'Done\twell\\' })
      : null,
  (state, random) =>
    ['preparing', 'active', 'paused'].includes(state.phase.status) && random.chance(0.05)
      ? of('EngagementEndedEarly', { reason: 'Left' })
      : null,
  (state) => (state.phase.endedAt === null ? null : of('EngagementReopened', { reason: 'Back' })),
  (_state, random) =>
    of('CareerVisionArticulated', {
      vision: `“Lead”\n${random.word()}`,
      values: ['care'],
      interests: [],
      aspirations: ['a', 'b'],
    }),
  (_state, random) => of('GoalProposed', goal(random)),
  (_state, random) => of('GoalSet', goal(random)),
  (state, random) =>
    withOne(random, Object.values(state.goals).filter(isProposed), ({ goalId, ...rest }) =>
      of('GoalSet', { ...details(rest), goalId }),
    ),
  (state, random) =>
    withOne(random, Object.values(state.goals).filter(isProposed), ({ goalId }) =>
      of('GoalRejected', { goalId, reason: 'No' }),
    ),
  (state, random) => onGoal(state, random, ['active'], (goalId) => of('GoalPutOnHold', { goalId, reason: 'Later' })),
  (state, random) => onGoal(state, random, ['on-hold'], (goalId) => of('GoalResumed', { goalId })),
  (state, random, { today }) =>
    random.chance(0.3)
      ? onGoal(state, random, ['active', 'on-hold'], (goalId) =>
          of('GoalAchieved', { goalId, achievedOn: today, reflection: null, milestones: {} }),
        )
      : null,
  (state, random) =>
    random.chance(0.3)
      ? onGoal(state, random, ['active', 'on-hold'], (goalId) =>
          of('GoalAbandoned', { goalId, reason: 'Enough', notAttainable: random.chance(0.5), milestones: {} }),
        )
      : null,
  (state, random) => {
    const open = Object.values(state.goals).filter(
      ({ lifecycle }) => lifecycle === 'active' || lifecycle === 'on-hold',
    );
    return open.length > 1 ? of('GoalsPrioritised', { order: random.shuffle(open.map(({ goalId }) => goalId)) }) : null;
  },
  ...repeat(4, (state, random, { today, observations }) =>
    onGoal(state, random, ['active', 'on-hold', 'completed'], (goalId) =>
      of('ProgressRecorded', {
        goalId,
        value: random.below(1000) / 8,
        observedOn: today,
        rater: random.pick(['client', 'coach']),
        note: random.chance(0.5) ? random.word() : null,
        corrects: correction(random, observations, goalId),
      }),
    ),
  ),
  ...repeat(3, (state, random, { today, observations }) =>
    onGoal(state, random, ['active', 'on-hold', 'completed'], (goalId) =>
      of('GoalAttainmentScored', {
        goalId,
        level: random.pick([-2, -1, 0, 1, 2] as const),
        observedOn: today,
        rater: random.pick(['client', 'coach']),
        corrects: correction(random, observations, goalId),
      }),
    ),
  ),
];

function signature(random: Random): Extract<EngagementEvent, { type: 'AgreementSigned' }>['data'] {
  const party = random.pick(['client', 'coach', 'sponsor'] as const);
  return { party, discloses: party === 'client' ? (random.chance(0.5) ? ['goals', 'progress'] : []) : null };
}

const isProposed = ({ lifecycle }: { readonly lifecycle: string }): boolean => lifecycle === 'proposed';

/** Only what a goal says of itself, without what became of it. */
function details(goal: Omit<Engagement['goals'][Id], 'goalId'>): Omit<GoalDetails, 'goalId'> {
  const {
    specific,
    measure,
    attainmentScale,
    achievability,
    relevance,
    startOn,
    dueOn,
    datesOverrideReason,
    source,
    weight,
    rank,
  } = goal;
  return {
    specific,
    measure,
    attainmentScale,
    achievability,
    relevance,
    startOn,
    dueOn,
    datesOverrideReason,
    source,
    weight,
    rank,
  };
}

function correction(random: Random, observations: readonly [Id, Id][], goalId: Id): Id | null {
  const own = observations.filter(([, of]) => of === goalId);
  return own.length > 0 && random.chance(0.2) ? random.pick(own)[0] : null;
}
