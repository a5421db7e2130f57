import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { unknownSubject } from './checks/references';

/** Marks something that was achieved. */
export type CelebrateAchievement = EngagementEventData['AchievementCelebrated'];

export const celebrateAchievement: CommandRule<CelebrateAchievement> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  makes: 'celebrationId',
  decide: (state, data) => unknownSubject(state, data.about, 'about') ?? [{ type: 'AchievementCelebrated', data }],
};
