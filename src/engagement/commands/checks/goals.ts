import { type Engagement, isOpenMilestone, milestonesOf } from '../../engagement';
import type { EngagementEvent } from '../../events';
import { refuse, type Refusal } from '../../refusal';
import type { Id, IsoDate, MilestoneFate } from '../../values';
import { firstRefusal, unknown } from './references';

export type Fates = Readonly<Record<Id, MilestoneFate>>;

/** Rule 6: refuses when `more` further active goals would exceed the cap. */
export function tooManyActiveGoals(state: Pick<Engagement, 'goals'>, cap: number, more: 0 | 1): Refusal | undefined {
  const active = Object.values(state.goals).filter((goal) => goal.lifecycle === 'active').length;
  if (active + more <= cap) return undefined;
  const limit = cap === 1 ? 'one goal is' : `${cap} goals are`;
  return refuse(
    'too-many-active-goals',
    `At most ${limit} active at a time: put a goal on hold, achieve or drop one first.`,
  );
}

/** Refuses fates of milestones that the engagement does not have. */
export function unknownFates(state: Engagement, fates: Fates): Refusal | undefined {
  return firstRefusal(Object.keys(fates), (id) => unknown(state, ['milestones'], id, `milestones.${id}`));
}

/** Rule 5: refuses fates that are not those of all the goal's open milestones, and of nothing else. */
export function incompleteFates(state: Engagement, goalId: Id, fates: Fates): Refusal | undefined {
  const open = milestonesOf(state.milestones, goalId)
    .filter(isOpenMilestone)
    .map(({ milestoneId }) => milestoneId);
  const foreign = Object.keys(fates).find((id) => !open.includes(id));
  if (foreign !== undefined) {
    const detail = `${foreign} is no open milestone of this goal (planned or missed): leave it out of milestones.`;
    return refuse('wrong-state', detail, { path: `milestones.${foreign}` });
  }
  const missing = open.filter((id) => fates[id] === undefined);
  if (missing.length === 0) return undefined;
  return refuse(
    'open-milestones',
    `The goal has open milestones: say in milestones what becomes of ${missing.join(', ')} (reached or dropped).`,
    { path: 'milestones' },
  );
}

/** The milestones' own events, in the order of the milestones; they stand before the goal's. */
export function fateEvents(state: Engagement, goalId: Id, fates: Fates, reachedOn: IsoDate): EngagementEvent[] {
  return milestonesOf(state.milestones, goalId).flatMap(({ milestoneId }): EngagementEvent[] => {
    switch (fates[milestoneId]) {
      case 'reached':
        return [{ type: 'MilestoneReached', data: { milestoneId, reachedOn, evidence: null } }];
      case 'dropped':
        return [{ type: 'MilestoneDropped', data: { milestoneId, reason: null } }];
      default:
        return [];
    }
  });
}
