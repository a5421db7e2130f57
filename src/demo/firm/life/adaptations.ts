import { addDays } from '../../../engagement/calendar';
import { type Engagement, type Goal, isOpenMilestone, type Milestone } from '../../../engagement/engagement';
import type { EngagementCommands } from '../../../engagement/commands';
import type { Id, IsoDate, Measure, ReasonCode } from '../../../engagement/values';
import { adaptationReasons } from '../vocabulary/remarks';
import { active, type Life, today } from './life';
import { pursueMilestone } from './milestones';

type Change = EngagementCommands['AdaptPlan']['changes'][number];

/** Client and coach change the agreed plan, for a reason and with what led to it. Not every try finds a change to make. */
export function adapt(life: Life, reasonCode: ReasonCode, triggeredBy: readonly Id[]): void {
  const { desk, random } = life;
  const state = active(life);
  if (!state || state.plan.revision === 0) return;
  const changes = changesFor(life, state, reasonCode);
  if (changes.length === 0) return;
  const adapted = desk.submit(random.pick(['coach', 'coach', 'client'] as const), 'AdaptPlan', {
    baseRevision: state.plan.revision,
    reasonCode,
    reasonText: `${random.pick(adaptationReasons[reasonCode])}.`,
    triggeredBy,
    changes,
    agreedBy: ['client', 'coach'],
    sponsorInformed: life.cast.sponsor !== null && random.chance(0.7),
    effectiveOn: random.chance(0.2) ? addDays(today(life), -random.whole(1, 3)) : today(life),
  });
  if (adapted === null) return;
  for (const change of changes) {
    if (change.op === 'milestone-added') pursueMilestone(life, change.milestone);
  }
}

function changesFor(life: Life, state: Engagement, reasonCode: ReasonCode): readonly Change[] {
  const { random } = life;
  switch (reasonCode) {
    case 'circumstances':
    case 'barrier':
      return postpone(life, state, random.whole(1, 3), random.whole(10, 35));
    case 'setback':
      return [...postpone(life, state, 1, random.whole(7, 21)), ...addStep(life, state, 'Second attempt prepared')];
    case 'opportunity':
      return [...acceptProposed(state), ...addStep(life, state, 'The new opening explored')];
    case 'learning':
      return random.chance(0.5) ? retarget(life, state) : addStep(life, state, 'What was learned put to use');
    case 'reprioritised':
      return random.chance(0.5) ? dropStep(life, state) : reweight(life, state);
    case 'sponsor-request':
      return [...acceptProposed(state), ...postpone(life, state, 1, random.whole(5, 20))];
    case 'data-correction':
      return postpone(life, state, 1, random.whole(1, 5));
    default:
      return reasonCode satisfies never;
  }
}

/** The next open milestones later, and their goals where they would end before them. */
function postpone(life: Life, state: Engagement, count: number, days: number): readonly Change[] {
  const goals = new Map<Id, IsoDate>();
  const moved = upcoming(life, state)
    .slice(0, count)
    .flatMap((milestone): Change[] => {
      const to = earlier(addDays(milestone.dueOn, days), state.endsOn);
      if (to <= milestone.dueOn) return [];
      if (to > (state.goals[milestone.goalId]?.dueOn ?? to)) {
        goals.set(milestone.goalId, later(goals.get(milestone.goalId), to));
      }
      return [{ op: 'milestone-redated', milestoneId: milestone.milestoneId, from: milestone.dueOn, to }];
    });
  const redated = [...goals].flatMap(([goalId, dueOn]): Change[] => {
    const goal = state.goals[goalId];
    if (!goal) return [];
    const { startOn } = goal;
    return [
      {
        op: 'goal-redated',
        goalId,
        from: { startOn, dueOn: goal.dueOn },
        to: { startOn, dueOn },
        datesOverrideReason: null,
      },
    ];
  });
  return [...redated, ...moved];
}

function addStep({ desk, random }: Life, state: Engagement, title: string): readonly Change[] {
  const goal = random.sample(activeGoals(state), 1)[0];
  if (!goal) return [];
  const milestoneId = desk.newId();
  return [
    {
      op: 'milestone-added',
      milestone: {
        milestoneId,
        goalId: goal.goalId,
        title,
        criterion: 'Talked through with the coach',
        dueOn: goal.dueOn,
        order: null,
      },
    },
    {
      op: 'action-added',
      action: {
        actionId: desk.newId(),
        milestoneId,
        title: 'First step within a week',
        owner: 'client',
        dueOn: goal.dueOn,
        commitment: random.whole(5, 10),
      },
    },
  ];
}

function dropStep(life: Life, state: Engagement): readonly Change[] {
  const milestone = upcoming(life, state).at(-1);
  return milestone ? [{ op: 'milestone-dropped', milestoneId: milestone.milestoneId }] : [];
}

function reweight({ random }: Life, state: Engagement): readonly Change[] {
  const goal = random.sample(activeGoals(state), 1)[0];
  return goal ? [{ op: 'goal-reweighted', goalId: goal.goalId, from: goal.weight, to: goal.weight + 1 }] : [];
}

function retarget({ random }: Life, state: Engagement): readonly Change[] {
  const goal = random.sample(activeGoals(state), 1)[0];
  if (!goal?.measure) return [];
  const { baseline, target } = goal.measure;
  const to: Measure = { ...goal.measure, target: Math.round(baseline + (target - baseline) * 0.8) };
  if (to.target === target || to.target === baseline) return [];
  return [{ op: 'goal-retargeted', goalId: goal.goalId, from: { measure: goal.measure }, to: { measure: to } }];
}

/** What the sponsor proposed and nobody has answered. */
function acceptProposed(state: Engagement): readonly Change[] {
  const proposed = Object.values(state.goals).find((goal) => goal.lifecycle === 'proposed');
  return proposed ? [{ op: 'goal-added', goalId: proposed.goalId, goal: null }] : [];
}

const activeGoals = (state: Engagement): readonly Goal[] =>
  Object.values(state.goals).filter((goal) => goal.lifecycle === 'active');

function upcoming(life: Life, state: Engagement): readonly Milestone[] {
  return Object.values(state.milestones)
    .filter(
      (one) => isOpenMilestone(one) && one.dueOn >= today(life) && state.goals[one.goalId]?.lifecycle === 'active',
    )
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
}

const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);
const later = (a: IsoDate | undefined, b: IsoDate): IsoDate => (a !== undefined && a > b ? a : b);
