import { type CommandRule, refuse } from '../decision';
import { partyOf } from '../engagement';
import type { EngagementEventData } from '../events';

/** Hands the engagement to another coach, whose signature is then missing. */
export type ReassignCoach = EngagementEventData['CoachReassigned'];

export const reassignCoach: CommandRule<ReassignCoach> = {
  by: ['coach', 'admin'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  decide: (state, data) => {
    const party = partyOf(state, data.coachId);
    if (party === null) return [{ type: 'CoachReassigned', data }];
    return refuse('wrong-state', `${data.coachId} is the ${party} of this engagement: name somebody else.`, {
      path: 'coachId',
    });
  },
};
