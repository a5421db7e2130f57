import fc from 'fast-check';
import { games } from '../../test/support/engagement/games';
import { cap, play, type Played } from '../../test/support/engagement/play';
import { centsOf } from './commands/checks/funding';
import { commandRules } from './commands';
import { isRefusal } from './decision';
import type { Engagement } from './engagement';
import type { PastEngagementEvent } from './events';
import { evolve } from './evolve';
import { foldFacts } from './measures/facts';
import { ownDateOf } from './own-date';

// Thousands of decisions a property take their time on a busy machine.
jest.setTimeout(120_000);

const runs = { numRuns: 150 };
const fold = (events: readonly PastEngagementEvent[]): Engagement | null =>
  events.reduce<Engagement | null>(evolve, null);

/** Holds for every random game. */
function always(holds: (played: Played) => void): void {
  fc.assert(
    fc.property(games, (game) => {
      holds(play(game));
    }),
    runs,
  );
}

/** The states after each command that was carried out. */
const statesOf = ({ steps }: Played): readonly Engagement[] => steps.flatMap(({ after }) => after ?? []);

test('the games are legal and illegal in every kind of command', () => {
  const accepted = new Set<string>();
  const refused = new Set<string>();
  for (const game of fc.sample(games, { seed: 1, numRuns: 400 })) {
    for (const { command, outcome } of play(game).steps) (isRefusal(outcome) ? refused : accepted).add(command.type);
  }
  const kinds = Object.keys(commandRules).sort();
  expect([...accepted].sort()).toEqual(kinds);
  expect([...refused].sort()).toEqual(kinds);
});

test('evolve is total on any part of a decided stream', () => {
  const parts = games.map((game) => play(game).events).chain((events) => fc.subarray([...events]));
  fc.assert(
    fc.property(parts, (events) => {
      const isThere = events.some(({ type }) => type === 'EngagementProposed');
      expect(fold(events) !== null).toBe(isThere);
      expect(foldFacts(events)?.engagement ?? null).toEqual(fold(events));
    }),
    runs,
  );
});

test('the revisions of the plan have no gap', () => {
  always(({ events }) => {
    const revisions = events.flatMap((event) =>
      event.type === 'PlanAgreed' || event.type === 'PlanAdapted' ? [event] : [],
    );
    revisions.forEach(({ type, data }, index) => {
      expect(type).toBe(index === 0 ? 'PlanAgreed' : 'PlanAdapted');
      expect(data.revision).toBe(index + 1);
      if ('baseRevision' in data) expect(data.baseRevision).toBe(index);
    });
  });
});

test('never are more goals active than the cap', () => {
  always((played) => {
    for (const { goals } of statesOf(played)) {
      expect(Object.values(goals).filter(({ lifecycle }) => lifecycle === 'active').length).toBeLessThanOrEqual(cap);
    }
  });
});

test('allocated funding is never above its budget, and in one currency', () => {
  always((played) => {
    for (const { resources } of statesOf(played)) {
      for (const { budget, allocated } of Object.values(resources)) {
        const amounts = allocated.flatMap(({ amount }) => amount ?? []);
        const currencies = new Set([...amounts, ...(budget ? [budget] : [])].map(({ currency }) => currency));
        expect(currencies.size).toBeLessThanOrEqual(1);
        const total = amounts.reduce((sum, amount) => sum + centsOf(amount), 0n);
        if (budget) expect(total <= centsOf(budget)).toBe(true);
      }
    }
  });
});

test('a baseline date never changes once the plan is agreed', () => {
  always(({ steps }) => {
    for (const { before, after } of steps) {
      if (!before || !after || before.plan.revision === 0) continue;
      for (const kind of ['goals', 'milestones', 'actions'] as const) {
        const moved = Object.entries(after[kind]).filter(
          ([id, { baselineDueOn }]) => baselineDueOn !== (before[kind][id]?.baselineDueOn ?? null),
        );
        expect(moved).toEqual([]);
      }
    }
  });
});

test('nothing that was once there is ever gone', () => {
  const kinds = ['goals', 'milestones', 'actions', 'resources', 'barriers', 'checkIns'] as const;
  always(({ steps }) => {
    for (const { before, after } of steps) {
      const gone = kinds.flatMap((kind) => Object.keys(before?.[kind] ?? {}).filter((id) => !after?.[kind][id]));
      expect(gone).toEqual([]);
    }
  });
});

test('replaying what was stored gives the state that deciding gave', () => {
  always(({ state, events }) => {
    const stored = JSON.parse(JSON.stringify(events)) as PastEngagementEvent[];
    expect(fold(stored)).toEqual(state);
  });
});

test('the record as of today is the record', () => {
  always(({ state, events, today }) => {
    expect(fold(events.filter((event) => ownDateOf(event, 'UTC') <= today))).toEqual(state);
  });
});

test('a refused command leaves nothing behind, and says what to do', () => {
  fc.assert(
    fc.property(games, (game) => {
      const { steps, events } = play(game);
      for (const { before, after, outcome } of steps) {
        if (!isRefusal(outcome)) continue;
        expect(after).toBe(before);
        expect(outcome.detail).toMatch(/\w.*\.$/);
      }
      const made = steps.flatMap(({ outcome }) => (isRefusal(outcome) ? [] : outcome));
      expect(events.map(({ type, data }) => ({ type, data }))).toEqual(made);
    }),
    runs,
  );
});
