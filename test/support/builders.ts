import { randomUUID } from 'node:crypto';
import type { Answer, Caller, TestCairn } from './cairn';

/** Where the specs' clocks start, and the days around it. The engagement's dates are 1 March to 31 December 2026. */
export const now = '2026-04-01T09:00:00.000Z';
export const today = '2026-04-01';
export const yesterday = '2026-03-31';
export const tomorrow = '2026-04-02';

export type Body = Readonly<Record<string, unknown>>;

/** One engagement with its parties. `sponsor` is a party only when the case was made with one. */
export type Case = {
  readonly id: string;
  readonly client: Caller;
  readonly coach: Caller;
  readonly sponsor: Caller;
  /** A path under the engagement, e.g. `at('/goals')`. */
  readonly at: (path: string) => string;
  /** A command of the engagement; the coach sends it unless another caller is named. */
  readonly post: (path: string, body?: Body, by?: Caller, headers?: Record<string, string>) => Promise<Answer>;
};

export type CaseOptions = {
  /** Whether there is a sponsor; there is one by default. */
  readonly sponsor?: boolean;
  /** How far it has come: 'active' (signed by all and started) by default. */
  readonly state?: 'proposed' | 'signed' | 'active';
  readonly tenant?: string;
  readonly discloses?: readonly ('goals' | 'progress' | 'attendance')[];
  readonly client?: Caller;
  readonly coach?: Caller;
  readonly sponsorCaller?: Caller;
  /** More fields of the proposal, e.g. other dates or an `occurredAt`. */
  readonly proposal?: Body;
};

/** The answer, when the command was carried out; else an error that shows the problem. */
export function done(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`Not carried out: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

export async function anEngagement(cairn: TestCairn, options: CaseOptions = {}): Promise<Case> {
  const as = (role: 'client' | 'coach' | 'sponsor') => cairn.as(role, randomUUID(), options.tenant);
  const client = options.client ?? as('client');
  const coach = options.coach ?? as('coach');
  const sponsor = options.sponsorCaller ?? as('sponsor');
  const id = randomUUID();
  const at = (path: string) => `/engagements/${id}${path}`;
  const post: Case['post'] = (path, body, by = coach, headers = {}) => by.post(at(path), body, headers);
  done(
    await coach.post('/engagements', {
      engagementId: id,
      clientId: client.id,
      coachId: coach.id,
      ...(options.sponsor === false ? {} : { sponsorId: sponsor.id }),
      startsOn: '2026-03-01',
      endsOn: '2026-12-31',
      ...options.proposal,
    }),
  );
  const made: Case = { id, client, coach, sponsor, at, post };
  if (options.state === 'proposed') return made;
  done(await post('/agreement', { party: 'client', discloses: options.discloses ?? [] }, client));
  done(await post('/agreement', { party: 'coach' }));
  if (options.sponsor !== false) done(await post('/agreement', { party: 'sponsor' }, sponsor));
  if (options.state !== 'signed') done(await post('/start'));
  return made;
}

export const measure = { metric: 'Applications', unit: 'a month', baseline: 0, target: 10, direction: 'increase' };

export const attainmentScale = [-2, -1, 0, 1, 2].map((level) => ({ level, description: `What level ${level} means` }));

/** A goal by a measure and by a scale, from 1 March to 30 June 2026. */
export const goalBody = (more: Body = {}): Body => ({
  specific: 'Find a position as a team lead',
  measure,
  attainmentScale,
  achievability: { confidence: 7, rationale: 'The market is good' },
  relevance: 'Leads towards the vision',
  startOn: '2026-03-01',
  dueOn: '2026-06-30',
  source: 'joint',
  ...more,
});

export const milestoneBody = (goalId: string, more: Body = {}): Body => ({
  goalId,
  title: 'Portfolio is online',
  criterion: 'Three people have read it',
  dueOn: '2026-05-31',
  ...more,
});

export const actionBody = (milestoneId: string, more: Body = {}): Body => ({
  milestoneId,
  title: 'Write the first page',
  owner: 'client',
  dueOn: '2026-05-15',
  ...more,
});

export const euros = (amount: string) => ({ amount, currency: 'EUR' });

export async function aGoal(on: Case, more: Body = {}): Promise<string> {
  return done(await on.post('/goals', goalBody(more))).body.goalId as string;
}

export async function aProposedGoal(on: Case, more: Body = {}): Promise<string> {
  const answer = await on.post('/goals', goalBody({ source: 'sponsor', ...more }), on.sponsor);
  return done(answer).body.goalId as string;
}

export async function aMilestone(on: Case, goalId: string, more: Body = {}): Promise<string> {
  return done(await on.post('/milestones', milestoneBody(goalId, more))).body.milestoneId as string;
}

export async function anAction(on: Case, milestoneId: string, more: Body = {}): Promise<string> {
  return done(await on.post('/actions', actionBody(milestoneId, more))).body.actionId as string;
}

/** Funding of 600.00 EUR, unless said otherwise. */
export async function aResource(on: Case, more: Body = {}): Promise<string> {
  const body = { kind: 'funding', description: 'Money for a course', budget: euros('600.00'), ...more };
  return done(await on.post('/resources', body)).body.resourceId as string;
}

export async function aBarrier(on: Case, more: Body = {}): Promise<string> {
  const body = { category: 'external', description: 'No time beside the job', severity: 3, affects: [], ...more };
  return done(await on.post('/barriers', body)).body.barrierId as string;
}

export async function aCheckIn(on: Case, scheduledFor = '2026-04-08T09:00:00Z'): Promise<string> {
  return done(await on.post('/check-ins', { scheduledFor })).body.checkInId as string;
}

/** Revision 1 of the plan. There must be a goal. */
export async function agreePlan(on: Case, more: Body = {}): Promise<Answer> {
  return done(await on.post('/plan/agreement', { agreedBy: ['client', 'coach'], ...more }));
}

/** An adaptation on revision 1, effective today, unless said otherwise. It may be refused. */
export function adapt(on: Case, changes: readonly Body[], more: Body = {}, by: Caller = on.coach): Promise<Answer> {
  return on.post('/plan/adaptations', adaptationBody(changes, more), by);
}

export const adaptationBody = (changes: readonly Body[], more: Body = {}): Body => ({
  baseRevision: 1,
  reasonCode: 'circumstances',
  reasonText: 'The company moved',
  changes,
  agreedBy: ['client', 'coach'],
  effectiveOn: today,
  ...more,
});

/** A goal with one milestone and one action in an agreed plan. */
export type Planned = Case & { readonly goal: string; readonly milestone: string; readonly action: string };

export async function anAgreedPlan(cairn: TestCairn, options: CaseOptions = {}): Promise<Planned> {
  const on = await anEngagement(cairn, options);
  const goal = await aGoal(on);
  const milestone = await aMilestone(on, goal);
  const action = await anAction(on, milestone);
  await agreePlan(on);
  return { ...on, goal, milestone, action };
}
