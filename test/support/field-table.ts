/**
 * The fields of each command's body and their kinds, by the rows of `commandTable`. A `?` after the kind: may be left
 * out. Ids of new things are the caller's to choose. `[0]` stands for the first entry of a list.
 */
export const fieldTable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sign: { party: 'enum', discloses: 'list?', 'discloses[0]': 'enum?' },
  start: {},
  pause: { reason: 'text' },
  resume: {},
  complete: { summary: 'text' },
  extend: { endsOn: 'date', reason: 'text' },
  'end early': { reason: 'text' },
  reopen: { reason: 'text' },
  reassign: { coachId: 'id', reason: 'text' },
  'articulate the vision': {
    vision: 'text',
    values: 'list',
    interests: 'list',
    aspirations: 'list',
    'values[0]': 'text?',
    'aspirations[0]': 'text?',
  },
  'set a goal': {
    goalId: 'id?',
    specific: 'text',
    measure: 'object?',
    'measure.metric': 'text',
    'measure.unit': 'text',
    'measure.baseline': 'number',
    'measure.target': 'number',
    'measure.direction': 'enum',
    attainmentScale: 'list?',
    'attainmentScale[0].level': 'integer -2 2',
    'attainmentScale[0].description': 'text',
    achievability: 'object',
    'achievability.confidence': 'integer 0 10',
    'achievability.rationale': 'text?',
    relevance: 'text',
    startOn: 'date',
    dueOn: 'date',
    datesOverrideReason: 'text?',
    source: 'enum',
    weight: 'number? 0 100',
    rank: 'integer? 1',
  },
  'accept a goal': {},
  'reject a goal': { reason: 'text' },
  'hold a goal': { reason: 'text' },
  'resume a goal': {},
  'achieve a goal': { achievedOn: 'date', reflection: 'text?', milestones: 'object?' },
  'abandon a goal': { reason: 'text', notAttainable: 'boolean?', milestones: 'object?' },
  prioritise: { order: 'list', 'order[0]': 'id?' },
  'record progress': { value: 'number', observedOn: 'date', rater: 'enum', note: 'text?', corrects: 'id?' },
  'score attainment': { level: 'integer -2 2', observedOn: 'date', rater: 'enum', corrects: 'id?' },
  'plan a milestone': {
    milestoneId: 'id?',
    goalId: 'id',
    title: 'title',
    criterion: 'text',
    dueOn: 'date',
    order: 'integer? 1 1000',
  },
  'reach a milestone': { reachedOn: 'date', evidence: 'text?' },
  'miss a milestone': { reason: 'text?' },
  'reopen a milestone': { reason: 'text' },
  'drop a milestone': { reason: 'text' },
  'commit an action': {
    actionId: 'id?',
    milestoneId: 'id',
    title: 'title',
    owner: 'enum',
    dueOn: 'date',
    commitment: 'integer? 1 10',
  },
  'complete an action': { completedOn: 'date' },
  'drop an action': { reason: 'text' },
  'identify a resource': {
    resourceId: 'id?',
    kind: 'enum',
    description: 'text',
    budget: 'object?',
    'budget.amount': 'money',
    'budget.currency': 'currency',
  },
  'allocate a resource': { to: 'id', amount: 'object?', 'amount.amount': 'money', 'amount.currency': 'currency' },
  'release a resource': { to: 'id?', reason: 'text' },
  'identify a barrier': {
    barrierId: 'id?',
    category: 'enum',
    description: 'text',
    severity: 'integer 1 5',
    affects: 'list',
    'affects[0]': 'id?',
  },
  'agree a strategy': { strategyId: 'id?', description: 'text' },
  'resolve a barrier': { outcome: 'text', resolvedOn: 'date' },
  'reopen a barrier': { reason: 'text' },
  'schedule a check-in': { checkInId: 'id?', scheduledFor: 'instant' },
  'reschedule a check-in': { scheduledFor: 'instant', reason: 'text' },
  'hold a check-in': { heldAt: 'instant', summary: 'text', confidence: 'integer? 1 10' },
  'miss a check-in': { by: 'enum', reason: 'text?' },
  'agree the plan': { agreedBy: 'list' },
  'adapt the plan': {
    baseRevision: 'integer',
    reasonCode: 'enum',
    reasonText: 'text',
    triggeredBy: 'list?',
    'triggeredBy[0]': 'id?',
    changes: 'list',
    'changes[0].op': 'enum',
    'changes[0].goalId': 'id',
    'changes[0].from': 'object',
    'changes[0].to': 'object',
    'changes[0].to.measure.target': 'number',
    'changes[0].to.measure.direction': 'enum',
    agreedBy: 'list',
    sponsorInformed: 'boolean?',
    effectiveOn: 'date',
  },
  celebrate: { celebrationId: 'id?', about: 'id', how: 'text' },
  'record a setback': { setbackId: 'id?', description: 'text', lesson: 'text?' },
  'record a note': { noteId: 'id?', visibility: 'enum', text: 'text', about: 'id?' },
};

/** The fields of `POST /engagements`. */
export const proposalFields = {
  engagementId: 'id?',
  clientId: 'id',
  coachId: 'id',
  sponsorId: 'id?',
  startsOn: 'date',
  endsOn: 'date',
  checkInEveryDays: 'integer? 1',
};

/** Every command takes these too. */
export const commonFields = { occurredAt: 'occurred?', onBehalfOf: 'id?' };

const texts = (longest: number) => [
  '',
  '   ',
  '\n\t',
  'a\u0000b',
  'a\u0007b',
  'a\u007fb',
  'a\rb',
  'a\u0085b',
  5,
  'x'.repeat(longest + 1),
];
const instants = [
  '2026-04-01',
  '2026-04-01T09:00:00',
  '2026-13-01T09:00:00Z',
  'yesterday',
  1775034000000,
  '1899-12-31T23:59:59Z',
  '9999-01-01T00:00:00Z',
];

const wrongByKind: Readonly<Record<string, readonly unknown[]>> = {
  title: texts(200),
  text: texts(4000),
  date: [
    '2026-02-30',
    '2026-13-01',
    '2026-4-1',
    '01.04.2026',
    '2026-04-01T00:00:00Z',
    20260401,
    '',
    '1899-12-31',
    '9999-01-01',
  ],
  instant: instants,
  occurred: [...instants, '2026-04-01T09:00:01Z', '2026-04-01T11:00:01+02:00'],
  id: ['x', '', 5, '00000000-0000-0000-0000-00000000000g'],
  enum: ['other', '', 5, 'CLIENT'],
  number: ['3', true, {}],
  boolean: ['true', 1],
  money: ['600', '600.0', '600.000', '-1.00', '1,00', '.50', '1e3.00', '1234567890123.00', 600],
  currency: ['', 5],
  list: ['x', {}, 5],
  object: ['x', 5, []],
  unknown: [1],
};

export type FieldFault = { readonly path: string; readonly value: unknown };

/** Wrong values for a field; undefined means leaving it out. */
export function faultsOf(path: string, kind: string): readonly FieldFault[] {
  const [name, least, most] = kind.split(' ');
  const optional = name!.endsWith('?');
  const plain = name!.replace('?', '');
  const values: unknown[] = optional ? [] : [undefined, null];
  if (plain === 'integer') values.push('1', 1.5, true);
  else values.push(...wrongByKind[plain]!);
  if (least !== undefined) values.push(Number(least) - 1);
  if (most !== undefined) values.push(Number(most) + 1);
  return values.map((value) => ({ path, value }));
}

type Node = Record<string, unknown>;

/** A copy of the body with another value at the path, making what is missing on the way. */
export function withValue(body: object, path: string, value: unknown): Node {
  const copy = structuredClone(body) as Node;
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  let at: Node = copy;
  steps.slice(0, -1).forEach((step, index) => {
    const next = at[step] ?? (/^\d+$/.test(steps[index + 1]!) ? [] : {});
    at[step] = next;
    at = next as Node;
  });
  const last = steps.at(-1)!;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}
