import type { Case } from './builders';
import type { Answer } from './cairn';

/** The rule of the domain page that a code always stands for. */
const ruleOf: Readonly<Record<string, number>> = {
  'agreement-not-signed': 1,
  'dates-out-of-order': 3,
  'outside-engagement': 3,
  'milestone-after-goal': 3,
  'action-after-milestone': 3,
  'in-the-future': 4,
  'open-milestones': 5,
  'too-many-active-goals': 6,
  'engagement-paused': 7,
  'engagement-ended': 7,
  'engagement-not-started': 7,
  'over-budget': 8,
  'other-currency': 8,
  'plan-is-agreed': 10,
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function header(answer: Answer, name: string): string | null {
  return answer.headers.get(name);
}

type Told = {
  /** The rule, where the code alone does not say it. */
  readonly rule?: number;
  /** The `path` of the first entry of `errors`. */
  readonly path?: string;
  readonly detail?: RegExp;
};

/** Expects problem details of this status and code, with the rule that the code stands for. */
export function expectProblem(answer: Answer, status: number, code: string, told: Told = {}): void {
  expect({ status: answer.status, code: answer.body?.code, detail: answer.body?.detail }).toEqual({
    status,
    code,
    detail: told.detail === undefined ? expect.any(String) : expect.stringMatching(told.detail),
  });
  expect(header(answer, 'content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ status, type: expect.any(String), title: expect.any(String) });
  expect(answer.body.detail.length).toBeGreaterThan(10);
  const rule = told.rule ?? ruleOf[code];
  if (rule !== undefined) expect(answer.body.rule).toBe(rule);
  if (told.path !== undefined) {
    expect(answer.body.errors[0]).toEqual({ path: told.path, message: expect.stringMatching(/\S/) });
  }
}

/** Expects a refusal of the domain: 409 with this code. */
export function expectConflict(answer: Answer, code: string, told: Told = {}): void {
  expectProblem(answer, 409, code, told);
}

/** Expects a 400 whose first error names this field. */
export function expectInvalid(answer: Answer, path?: string): void {
  expectProblem(answer, 400, 'invalid-request', path === undefined ? {} : { path });
}

/**
 * Expects the answer of a carried out command to the letter: status, fields, headers.
 * @param makes the name of the new id (201); without one it is 200
 */
export function expectDone(answer: Answer, makes?: string, about = 'engagementId'): void {
  expect({ status: answer.status, problem: answer.status < 300 ? null : answer.body }).toEqual({
    status: makes === undefined ? 200 : 201,
    problem: null,
  });
  const fields = new Set([about, 'revision', 'position', 'eventIds', ...(makes === undefined ? [] : [makes])]);
  expect(Object.keys(answer.body).sort()).toEqual([...fields].sort());
  const { revision, position, eventIds } = answer.body;
  expect(Number.isInteger(revision)).toBe(true);
  expect(position).toEqual(expect.stringMatching(/\S/));
  expect(eventIds.length).toBeGreaterThan(0);
  for (const id of eventIds) expect(id).toMatch(uuid);
  expect(answer.body[about]).toMatch(uuid);
  if (makes === 'planRevision') expect(Number.isInteger(answer.body.planRevision)).toBe(true);
  else if (makes !== undefined) expect(answer.body[makes]).toMatch(uuid);
  expect(header(answer, 'etag')).toBe(`"${String(revision)}"`);
  expect(header(answer, 'event-position')).toBe(position);
  expect(header(answer, 'content-type')).toMatch(/^application\/json/);
}

export type Entry = {
  readonly eventId: string;
  readonly type: string;
  readonly revision: number;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: { readonly id: string; readonly role: string };
  readonly onBehalfOf: string | null;
  readonly commandId: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** The events that the command appended, in order, as the client reads them in the audit. */
export async function eventsOf(on: Case, answer: Answer): Promise<readonly Entry[]> {
  const audit = await on.client.get(on.at('/audit?limit=200'), { 'min-position': answer.body.position as string });
  if (audit.status !== 200) throw new Error(`No audit: ${audit.status} ${JSON.stringify(audit.body)}`);
  const ids = answer.body.eventIds as readonly string[];
  return (audit.body.items as readonly Entry[]).filter(({ eventId }) => ids.includes(eventId));
}

/** The overview as it stands after the command, read by the coach. */
export async function overviewAfter(on: Case, answer: Answer, by = on.coach): Promise<Answer> {
  return by.get(on.at(''), { 'min-position': answer.body.position as string });
}
