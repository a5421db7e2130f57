import { cell, count, day, id, instant, listOf, nullable, number, object, oneOf, sha256, text, whole } from './checker';
import { rater, party, state, health, lastCheckIn, nextCheckIn, rule, actor, happening } from './words';

export const checkIn = object({
  checkInId: id,
  state: oneOf('scheduled', 'held', 'missed'),
  scheduledFor: instant,
  heldAt: nullable(instant),
  summary: nullable(text),
  confidence: nullable(whole),
  missedBy: nullable(rater),
});

export const note = object({
  noteId: id,
  visibility: oneOf('coach-private', 'shared'),
  author: id,
  occurredAt: instant,
  about: nullable(id),
  text: nullable(text),
  digest: sha256,
});

export const brief = object({ since: instant, items: listOf(object(happening)), openQuestions: listOf(rule) });

export const disclosure = object({
  at: instant,
  to: actor,
  what: text,
  reason: nullable(text),
  consentEventId: nullable(id),
});

export const notification = object({
  notificationId: id,
  rule: text,
  to: party,
  channel: oneOf('email', 'outbox'),
  state: oneOf('sent', 'unknown', 'failed'),
  problem: nullable(text),
  at: instant,
  about: nullable(id),
});

export const caseloadItem = object({
  engagementId: id,
  client: party,
  state,
  health,
  lastCheckIn,
  nextCheckIn,
  dueNext: nullable(object({ kind: oneOf('milestone', 'action'), id, title: nullable(text), dueOn: day })),
});

export const participant = object({
  participantId: id,
  kind: oneOf('client', 'coach', 'sponsor', 'staff'),
  name: nullable(text),
  email: nullable(text),
});

export const projection = object({
  name: text,
  version: whole,
  position: nullable(text),
  lagEvents: count,
  lagMs: number,
  parked: count,
  state: oneOf('live', 'rebuilding', 'stopped'),
  reader: object({
    state: oneOf('live', 'catching-up', 'reconnecting'),
    since: instant,
    attempts: count,
    lastError: nullable(text),
  }),
});

export const table = object({ columns: listOf(text), rows: listOf(listOf(cell)) });
