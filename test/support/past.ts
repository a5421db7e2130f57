import { randomUUID } from 'node:crypto';
import { anEngagement, type Body, type Case, type CaseOptions, done, milestoneBody } from './builders';
import type { Answer, TestCairn } from './cairn';

/** That it happened on this day, at noon in UTC. */
export const on = (day: string): { readonly occurredAt: string } => ({ occurredAt: `${day}T12:00:00Z` });

/** The day so many days after. */
export function after(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** An engagement without a sponsor, unless named, that was proposed, signed and started on this day and lasts 360 days. */
export async function engagementSince(cairn: TestCairn, day: string, options: CaseOptions = {}): Promise<Case> {
  const sponsor = options.sponsor === true;
  const then = { occurredAt: `${day}T08:00:00Z` };
  const made = await anEngagement(cairn, {
    ...options,
    sponsor,
    state: 'proposed',
    proposal: { startsOn: day, endsOn: after(day, 360), ...then, ...options.proposal },
  });
  done(await made.post('/agreement', { party: 'client', discloses: options.discloses ?? [], ...then }, made.client));
  done(await made.post('/agreement', { party: 'coach', ...then }));
  if (sponsor) done(await made.post('/agreement', { party: 'sponsor', ...then }, made.sponsor));
  if (options.state !== 'signed') done(await made.post('/start', then));
  return made;
}

/** The client's or the coach's score of a goal. */
export async function score(
  of: Case,
  goal: string,
  level: number,
  observedOn: string,
  rater: 'client' | 'coach' = 'client',
  more: Body = {},
): Promise<Answer> {
  const body = { level, observedOn, rater, ...more };
  return done(await of.post(`/goals/${goal}/attainment`, body, of[rater]));
}

/** A value that the client or the coach observed. */
export async function observe(
  of: Case,
  goal: string,
  value: number,
  observedOn: string,
  rater: 'client' | 'coach' = 'client',
  more: Body = {},
): Promise<Answer> {
  const body = { value, observedOn, rater, ...more };
  return done(await of.post(`/goals/${goal}/progress`, body, of[rater]));
}

/** What an adaptation adds. */
export function newMilestone(goalId: string, more: Body = {}): Body & { readonly milestoneId: string } {
  return { milestoneId: randomUUID(), ...milestoneBody(goalId, more) };
}
