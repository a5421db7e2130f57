import { addDays } from '../../../engagement/calendar';
import { isOpenAction, isOpenGoal, isOpenMilestone, type Milestone } from '../../../engagement/engagement';
import type { Id } from '../../../engagement/values';
import { celebrations } from '../vocabulary/remarks';
import { active, inDays, type Life, onDay, today } from './life';
import { someDaysAgo } from './meetings';

/** From the agreed plan on: each milestone is reached in its time, earlier or later than agreed. */
export function pursueMilestones(life: Life): void {
  for (const milestone of Object.values(life.desk.state()?.milestones ?? {})) pursueMilestone(life, milestone);
}

export function pursueMilestone(life: Life, { milestoneId, dueOn }: Pick<Milestone, 'milestoneId' | 'dueOn'>): void {
  const { random, drive } = life;
  const slip = random.whole(-10, 6) + Math.round((1 - drive) * 36 * random.next());
  onDay(life, addDays(dueOn, -random.whole(3, 10)), () => {
    completeActions(life, milestoneId, 0.7);
  });
  if (random.chance(0.07)) {
    onDay(life, addDays(dueOn, 3), () => {
      life.desk.submit('client', 'MissMilestone', { milestoneId, reason: null });
    });
  }
  onDay(life, addDays(dueOn, slip), () => {
    reach(life, milestoneId);
  });
}

function completeActions(life: Life, milestoneId: Id, share: number): void {
  const { desk, random } = life;
  for (const action of Object.values(active(life)?.actions ?? {})) {
    if (action.milestoneId !== milestoneId || !isOpenAction(action) || !random.chance(share)) continue;
    desk.submit('client', 'CompleteAction', {
      actionId: action.actionId,
      completedOn: someDaysAgo(life, life.startsOn, 2),
    });
  }
}

function reach(life: Life, milestoneId: Id): void {
  const { desk, random, drive } = life;
  const milestone = active(life)?.milestones[milestoneId];
  if (milestone === undefined || !isOpenMilestone(milestone)) return;
  if (random.chance(0.04 + 0.16 * (1 - drive))) {
    // Not yet: some are still open long after their day.
    inDays(life, random.whole(20, 90), () => {
      reach(life, milestoneId);
    });
    return;
  }
  completeActions(life, milestoneId, 0.9);
  const reached = desk.submit(random.pick(['client', 'client', 'coach'] as const), 'ReachMilestone', {
    milestoneId,
    reachedOn: someDaysAgo(life, life.startsOn, 3),
    evidence: random.chance(0.5) ? 'Seen by the coach' : null,
  });
  if (reached === null) return;
  if (random.chance(0.15)) celebrate(life, milestoneId);
  inDays(life, random.whole(1, 12), () => {
    achieveWhenDone(life, milestone.goalId);
  });
}

function achieveWhenDone(life: Life, goalId: Id): void {
  const { desk, random } = life;
  const state = active(life);
  const goal = state?.goals[goalId];
  if (!state || !goal || !isOpenGoal(goal)) return;
  const open = Object.values(state.milestones).some((one) => one.goalId === goalId && isOpenMilestone(one));
  if (open) return;
  desk.submit('client', 'AchieveGoal', {
    goalId,
    achievedOn: today(life),
    reflection: random.chance(0.4) ? 'Harder than thought, and worth it.' : null,
    milestones: {},
  });
  celebrate(life, goalId);
}

function celebrate({ desk, random }: Life, about: Id): void {
  desk.submit('coach', 'CelebrateAchievement', { celebrationId: desk.newId(), about, how: random.pick(celebrations) });
}
