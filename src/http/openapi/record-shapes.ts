import { date, dateTime, id, many, named, orNull, type Schema, shape, string, truth, whole, words } from './schema';

const actor = shape({ id, role: string });
const anything: Schema = {};
const thing = words('goal', 'milestone', 'action', 'resource');
const thingWithValue = shape({ kind: thing, id, value: { type: 'object' } });

/** The shapes of what is asked about the record, and of what commands answer, by their names. */
export const recordShapes: Readonly<Record<string, Schema>> = {
  HistoryItem: shape({ eventId: id, type: string, occurredAt: dateTime, sentence: string }),
  Brief: shape({ since: dateTime, items: many(named('HistoryItem')), openQuestions: many(named('Rule')) }),
  PlanRevision: shape({
    revision: whole,
    kind: words('agreed', 'adapted'),
    eventId: id,
    occurredAt: dateTime,
    recordedAt: dateTime,
    effectiveOn: date,
    actor,
    onBehalfOf: orNull(id),
    agreedBy: many(string),
    sponsorInformed: truth,
    reasonCode: orNull(string),
    reasonText: orNull(string),
    changes: many({
      type: 'object',
      description: 'As in the adaptation',
      required: ['op'],
      properties: { op: string },
    }),
    sentences: many(string),
    triggeredBy: many(named('HistoryItem')),
  }),
  PlanDiff: shape({
    from: whole,
    to: whole,
    added: many(thingWithValue),
    dropped: many(thingWithValue),
    changed: many(shape({ kind: thing, id, field: string, from: anything, to: anything })),
    reasons: many(
      shape({ revision: whole, reasonCode: orNull(string), reasonText: orNull(string), effectiveOn: date }),
    ),
  }),
  AuditEntry: shape({
    eventId: id,
    type: string,
    schemaVersion: whole,
    revision: whole,
    position: string,
    occurredAt: dateTime,
    recordedAt: dateTime,
    actor,
    onBehalfOf: orNull(id),
    correlationId: id,
    causationId: orNull(id),
    commandId: id,
    sentence: string,
    data: { type: 'object' },
  }),
  Disclosure: shape({ at: dateTime, to: actor, what: string, reason: orNull(string), consentEventId: orNull(id) }),
  AnalyticsTable: shape({
    columns: many(string),
    rows: many(many({ type: ['string', 'number', 'null'] })),
  }),
  ProjectionStatus: shape({
    name: string,
    version: whole,
    position: orNull(string),
    lagEvents: whole,
    lagMs: whole,
    parked: whole,
    state: words('live', 'rebuilding', 'stopped'),
    reader: shape({
      state: words('live', 'catching-up', 'reconnecting'),
      since: dateTime,
      attempts: whole,
      lastError: orNull(string),
    }),
  }),
  Problem: {
    ...withRule(
      shape({
        type: { type: 'string', format: 'uri-reference' },
        title: string,
        status: whole,
        detail: { type: 'string', description: 'Says what to do' },
        code: { type: 'string', description: 'Stable' },
        errors: many(shape({ path: string, message: string })),
      }),
    ),
    description: 'RFC 9457 problem details. `rule` is the number of the domain rule that refuses, where one does.',
    example: {
      type: 'urn:cairn:problem:outside-engagement',
      title: "The dates lie outside the engagement's",
      status: 409,
      detail:
        'The goal is due after the engagement ends, on 2026-12-18: give a datesOverrideReason, or an earlier dueOn.',
      code: 'outside-engagement',
      errors: [{ path: 'dueOn', message: 'The goal is due after the engagement ends, on 2026-12-18.' }],
      rule: 3,
    },
  },
};

function withRule(problem: Schema): Schema {
  return { ...problem, properties: { ...(problem.properties as Schema), rule: whole } };
}
