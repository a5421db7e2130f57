import { words } from './schema';

/** Words that several shapes share. */
export const lifecycle = words('proposed', 'active', 'on-hold', 'completed', 'cancelled', 'rejected');
export const achievement = words(
  'in-progress',
  'improving',
  'worsening',
  'no-change',
  'achieved',
  'sustaining',
  'not-achieved',
  'no-progress',
  'not-attainable',
);
export const milestoneState = words('planned', 'reached', 'missed', 'dropped');
export const engagementState = words('proposed', 'agreed', 'active', 'paused', 'completed', 'ended-early');
export const party = words('client', 'coach', 'sponsor');
