import {
  anyObject,
  anything,
  byField,
  count,
  day,
  id,
  instant,
  listOf,
  money,
  nullable,
  number,
  object,
  oneOf,
  text,
  whole,
  yesOrNo,
  type Of,
} from './checker';
import { goalBody } from './plan';
import { partyName, actor, happening } from './words';

const dates = object({ startOn: day, dueOn: day });
const definition = object({ specific: text, relevance: text });
const criterion = object({ title: text, criterion: text });
const funds = object({ description: text, budget: nullable(money) });

const planChange = byField('op', {
  'goal-added': { goal: nullable(object({ ...goalBody, goalId: id })), goalId: nullable(id) },
  'goal-redated': { goalId: id, from: dates, to: dates, datesOverrideReason: nullable(text) },
  'goal-retargeted': { goalId: id, from: anyObject, to: anyObject },
  'goal-reweighted': { goalId: id, from: number, to: number },
  'goal-redefined': { goalId: id, from: definition, to: definition },
  'goal-dropped': { goalId: id, outcome: oneOf('no-longer-wanted', 'not-attained', 'not-attainable') },
  'milestone-added': {
    milestone: object({
      milestoneId: id,
      goalId: id,
      title: text,
      criterion: text,
      dueOn: day,
      order: nullable(whole),
    }),
  },
  'milestone-redated': { milestoneId: id, from: day, to: day },
  'milestone-redefined': { milestoneId: id, from: criterion, to: criterion },
  'milestone-reordered': { goalId: id, from: listOf(id), to: listOf(id) },
  'milestone-dropped': { milestoneId: id },
  'action-added': {
    action: object({
      actionId: id,
      milestoneId: id,
      title: text,
      owner: partyName,
      dueOn: day,
      commitment: nullable(whole),
    }),
  },
  'action-redated': { actionId: id, from: day, to: day },
  'action-reassigned': { actionId: id, from: partyName, to: partyName },
  'action-redefined': { actionId: id, from: object({ title: text }), to: object({ title: text }) },
  'action-dropped': { actionId: id },
  'resource-changed': { resourceId: id, from: funds, to: funds },
});

export const planRevision = object({
  revision: whole,
  kind: oneOf('agreed', 'adapted'),
  eventId: id,
  occurredAt: instant,
  recordedAt: instant,
  effectiveOn: day,
  actor,
  onBehalfOf: nullable(id),
  agreedBy: listOf(partyName),
  sponsorInformed: yesOrNo,
  reasonCode: nullable(text),
  reasonText: nullable(text),
  changes: listOf(planChange),
  sentences: listOf(text),
  triggeredBy: listOf(object(happening)),
});

const kind = oneOf('goal', 'milestone', 'action', 'resource');
export const planDiff = object({
  from: count,
  to: count,
  added: listOf(object({ kind, id, value: anyObject })),
  dropped: listOf(object({ kind, id, value: anyObject })),
  changed: listOf(object({ kind, id, field: text, from: anything, to: anything })),
  reasons: listOf(
    object({ revision: whole, reasonCode: nullable(text), reasonText: nullable(text), effectiveOn: day }),
  ),
});

export const auditEntry = object({
  ...happening,
  schemaVersion: whole,
  revision: count,
  position: text,
  recordedAt: instant,
  actor,
  onBehalfOf: nullable(id),
  correlationId: text,
  causationId: nullable(text),
  commandId: id,
  data: anyObject,
});

export type AuditEntry = Of<typeof auditEntry>;
export type PlanDiff = Of<typeof planDiff>;
