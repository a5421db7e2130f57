import { Reason } from '../bodies/common';
import { ActionBody, CompleteActionBody, MilestoneBody, MissMilestoneBody, ReachMilestoneBody } from '../bodies/steps';
import { type CommandRoute, onEngagement } from '../route';

export const milestoneRoutes: readonly CommandRoute[] = [
  onEngagement('PlanMilestone', 'milestones', MilestoneBody, {
    summary: 'Plan a milestone of a goal',
    makes: 'milestoneId',
  }),
  onEngagement('ReachMilestone', 'milestones/:milestoneId/reach', ReachMilestoneBody, { summary: 'Reach a milestone' }),
  onEngagement('MissMilestone', 'milestones/:milestoneId/miss', MissMilestoneBody, { summary: 'Miss a milestone' }),
  onEngagement('ReopenMilestone', 'milestones/:milestoneId/reopen', Reason, {
    summary: 'Open a reached or missed milestone again',
  }),
  onEngagement('DropMilestone', 'milestones/:milestoneId/drop', Reason, {
    summary: 'Drop a milestone, before the plan is agreed',
  }),
];

export const actionRoutes: readonly CommandRoute[] = [
  onEngagement('CommitAction', 'actions', ActionBody, {
    summary: 'Commit to an action towards a milestone',
    makes: 'actionId',
  }),
  onEngagement('CompleteAction', 'actions/:actionId/complete', CompleteActionBody, { summary: 'Complete an action' }),
  onEngagement('DropAction', 'actions/:actionId/drop', Reason, { summary: 'Drop an action' }),
];
