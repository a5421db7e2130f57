import { day, id, instant, listOf, nullable, object, oneOf, text } from './checker';

export const lifecycle = oneOf('proposed', 'active', 'on-hold', 'completed', 'cancelled', 'rejected');
export const achievement = oneOf(
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
export const partyName = oneOf('client', 'coach', 'sponsor');
export const rater = oneOf('client', 'coach');
export const party = object({ participantId: id, name: nullable(text) });
export const state = oneOf('proposed', 'agreed', 'active', 'paused', 'completed', 'ended-early');
export const milestoneState = oneOf('planned', 'reached', 'missed', 'dropped');
export const source = oneOf('client', 'coach', 'joint', 'sponsor');

export const rule = object({
  rule: oneOf('no-contact', 'behind', 'overdue', 'blocked', 'slipping'),
  level: oneOf('attention', 'at-risk'),
  about: nullable(id),
  since: day,
  sentence: nullable(text),
});
export const health = object({ level: oneOf('on-track', 'attention', 'at-risk'), rules: listOf(rule) });
export const lastCheckIn = nullable(object({ checkInId: id, heldAt: instant }));
export const nextCheckIn = nullable(object({ checkInId: id, scheduledFor: instant }));

export const actor = object({
  id,
  role: oneOf('client', 'coach', 'sponsor', 'supervisor', 'auditor', 'admin'),
});
export const happening = { eventId: id, type: text, occurredAt: instant, sentence: text };
