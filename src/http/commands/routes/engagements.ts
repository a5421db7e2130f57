import { NoFields, Reason } from '../bodies/common';
import {
  ArticulateVisionBody,
  CompleteEngagementBody,
  ExtendEngagementBody,
  ProposeEngagementBody,
  ReassignCoachBody,
  SignAgreementBody,
} from '../bodies/engagements';
import { command, type CommandRoute, onEngagement } from '../route';

export const engagementRoutes: readonly CommandRoute[] = [
  command('ProposeEngagement', '/v1/engagements', ProposeEngagementBody, {
    summary: 'Propose an engagement',
    makes: 'engagementId',
  }),
  onEngagement('SignAgreement', 'agreement', SignAgreementBody, {
    summary: 'Sign the agreement as one of the parties',
  }),
  onEngagement('StartEngagement', 'start', NoFields, {
    summary: 'Start, once every party has signed',
    data: () => ({}),
  }),
  onEngagement('PauseEngagement', 'pause', Reason, { summary: 'Pause the coaching' }),
  onEngagement('ResumeEngagement', 'resume', NoFields, { summary: 'Go on after a pause', data: () => ({}) }),
  onEngagement('CompleteEngagement', 'complete', CompleteEngagementBody, { summary: 'Complete the engagement' }),
  onEngagement('ExtendEngagement', 'extend', ExtendEngagementBody, { summary: 'Move the end to a later date' }),
  onEngagement('EndEngagementEarly', 'end-early', Reason, { summary: 'End before its time' }),
  onEngagement('ReopenEngagement', 'reopen', Reason, { summary: 'Reopen an engagement that has ended' }),
  onEngagement('ReassignCoach', 'coach', ReassignCoachBody, { summary: 'Hand the engagement to another coach' }),
  onEngagement('ArticulateVision', 'vision', ArticulateVisionBody, {
    summary: 'Put the vision, values, interests and aspirations into words',
    method: 'PUT',
  }),
];
