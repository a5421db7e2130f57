import { type Engagement, isOpenAction, isOpenMilestone } from '../../engagement/engagement';
import type { Id } from '../../engagement/values';
import { both, type DueKind } from './due-kind';

/** Open milestones of active goals past their date. */
export const milestoneOverdue: DueKind = {
  rule: 'milestone-overdue',
  to: both,
  find: (engagement, { today }) =>
    Object.values(engagement.milestones)
      .filter((milestone) => isOpenMilestone(milestone) && milestone.dueOn < today && isWorkedOn(engagement, milestone))
      .map(({ milestoneId, dueOn, title }) => ({ about: milestoneId, on: dueOn, title, owner: null })),
};

/** Open actions of active goals past their date: for whoever is to do them, and for the coach. */
export const actionOverdue: DueKind = {
  rule: 'action-overdue',
  to: (owner) => (owner === 'client' ? ['client', 'coach'] : ['coach']),
  find: (engagement, { today }) =>
    Object.values(engagement.actions)
      .filter((action) => {
        const milestone = engagement.milestones[action.milestoneId];
        return isOpenAction(action) && action.dueOn < today && milestone && isWorkedOn(engagement, milestone);
      })
      .map(({ actionId, dueOn, title, owner }) => ({ about: actionId, on: dueOn, title, owner })),
};

function isWorkedOn({ phase, goals }: Engagement, { goalId }: { readonly goalId: Id }): boolean {
  return phase.status === 'active' && goals[goalId]?.lifecycle === 'active';
}
