import fc from 'fast-check';
import { addDays } from '../../../src/engagement/calendar';
import type { EngagementCommand } from '../../../src/engagement/commands';
import type { Engagement, Things } from '../../../src/engagement/engagement';
import type { ActionDetails, GoalDetails, Id, IsoDate, MilestoneDetails, Money } from '../../../src/engagement/values';
import { measure, scale } from './samples';
import { id } from './scenario';

/** What a random command is made for: the record as it stands, and the day. */
export type Situation = { readonly state: Engagement | null; readonly today: IsoDate };

/** A random command, still to be fitted to the situation it is sent in. */
export type Draft = {
  readonly type: EngagementCommand['type'];
  readonly raw: unknown;
  readonly fit: (situation: Situation) => EngagementCommand;
};

/** An id of the list; now and then one that is nothing, or a thing of another kind. */
const mostly = (ids: readonly number[]): fc.Arbitrary<Id> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...ids.map(id)) },
    { weight: 1, arbitrary: fc.constantFrom(id(0xfff), id(0x100), id(0x200)) },
  );

/** Few ids of each kind, the first two more often, so that commands meet the things of others. */
const pool = (first: number): fc.Arbitrary<Id> =>
  mostly([first, first, first, first + 1, first + 1, first + 1, first + 2, first + 3]);

export const pools = {
  goal: pool(0x100),
  milestone: pool(0x200),
  action: pool(0x300),
  resource: pool(0x400),
  barrier: pool(0x500),
  checkIn: pool(0x600),
  other: mostly(Array.from({ length: 30 }, (_, index) => 0x700 + index)),
};

/** Ids for new things, seldom one of the first two. */
const fresh = {
  goal: mostly([0x101, 0x103, 0x104, 0x105, 0x106]),
  milestone: mostly([0x201, 0x202, 0x203, 0x204, 0x205]),
  action: mostly([0x301, 0x302, 0x303, 0x304]),
};

export const anything = fc.oneof(pools.goal, pools.milestone, pools.barrier, pools.other);

const months = ['01', '03', '05', '07', '09', '11'];
/** Days of 2026, in the engagement and not. */
export const someDay = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...months.map((month) => `2026-${month}-15`)) },
  { weight: 1, arbitrary: fc.constantFrom('2025-12-01', '2027-02-01') },
);

/** Days before the day of the command; −1 is the day after it. */
export const daysAgo = fc.constantFrom(-1, 0, 0, 1, 2, 3, 5, 8, 12);
export const dayBefore = ({ today }: Situation, ago: number): IsoDate => addDays(today, -ago);

export const money: fc.Arbitrary<Money> = fc.record({
  amount: fc.constantFrom('0.10', '0.20', '0.30', '100.00', '250.50', '999999999999.99'),
  currency: fc.oneof({ weight: 9, arbitrary: fc.constant('EUR') }, { weight: 1, arbitrary: fc.constant('CHF') }),
});

export const goals: fc.Arbitrary<GoalDetails> = fc.record({
  goalId: fresh.goal,
  specific: fc.constant('A goal'),
  measure: fc.constantFrom(measure, null),
  attainmentScale: fc.constantFrom(scale, null),
  achievability: fc.constant({ confidence: 5, rationale: null }),
  relevance: fc.constant('It matters'),
  startOn: fc.constantFrom('2026-01-01', '2026-03-15'),
  dueOn: someDay,
  datesOverrideReason: fc.constantFrom(null, 'A reason'),
  source: fc.constantFrom('sponsor', 'joint'),
  weight: fc.constantFrom(0, 1, 2.5),
  rank: fc.constantFrom(null, 1),
});

export const milestones: fc.Arbitrary<Omit<MilestoneDetails, 'order'> & { readonly order: number | null }> = fc.record({
  milestoneId: fresh.milestone,
  goalId: pools.goal,
  title: fc.constant('A milestone'),
  criterion: fc.constant('It is seen'),
  dueOn: someDay,
  order: fc.constantFrom(null, null, 1, 2),
});

export const actions: fc.Arbitrary<ActionDetails> = fc.record({
  actionId: fresh.action,
  milestoneId: pools.milestone,
  title: fc.constant('An action'),
  owner: fc.constantFrom('client', 'coach', 'sponsor'),
  dueOn: someDay,
  commitment: fc.constantFrom(null, 7),
});

export const dates = fc.tuple(fc.constantFrom('2026-01-01', '2026-03-15'), someDay);

/** The things of a collection; none before there is an engagement. */
export function thingsOf<C extends keyof Things>({ state }: Situation, collection: C): readonly Things[C][] {
  return state ? Object.values<Things[C]>(state[collection] as Readonly<Record<Id, Things[C]>>) : [];
}
