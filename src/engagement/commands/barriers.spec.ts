import { commandSamples } from '../../../test/support/engagement/command-samples';
import { active, barrierIdentified, ids, planned } from '../../../test/support/engagement/samples';
import { and, at, refusal, when } from '../../../test/support/engagement/scenario';
import type { EngagementEvent } from '../events';

const it = { barrierId: ids.barrier };
const opened = and(active, at('2026-02-01T09:00:00.000Z', barrierIdentified));
const resolved = and(opened, { type: 'BarrierResolved', data: { ...it, outcome: 'Gone', resolvedOn: '2026-02-10' } });
const reopened = and(
  resolved,
  at('2026-02-20T09:00:00.000Z', { type: 'BarrierReopened', data: { ...it, reason: 'It is back' } }),
);
const resolve = (resolvedOn: string, given = opened) =>
  when(given, 'ResolveBarrier', { ...it, outcome: 'Gone', resolvedOn });

describe('IdentifyBarrier', () => {
  const { data } = commandSamples.IdentifyBarrier;

  test('affects anything of the engagement, or nothing', () => {
    const affects = [ids.goal, ids.milestone, ids.action, ids.resource, ids.barrier, ids.checkIn];
    expect(when(planned, 'IdentifyBarrier', { ...data, affects })).toMatchObject([{ data: { affects } }]);
    expect(when(planned, 'IdentifyBarrier', { ...data, affects: [] })).toMatchObject([{ data: { affects: [] } }]);
  });

  test('but not what is not there', () => {
    const noted: EngagementEvent = {
      type: 'NoteRecorded',
      data: { noteId: ids.note, visibility: 'shared', text: 'Hello', about: null, digest: '' },
    };
    for (const unknown of [ids.unknown, ids.note]) {
      const affects = [ids.goal, unknown];
      expect(when(and(planned, noted), 'IdentifyBarrier', { ...data, affects })).toEqual(
        refusal('unknown-reference', { path: 'affects[1]' }),
      );
    }
  });
});

describe('the states of a barrier', () => {
  const strategy = commandSamples.AgreeBarrierStrategy.data;
  const reopening = { ...it, reason: 'It is back' };

  test('open', () => {
    expect(when(opened, 'AgreeBarrierStrategy', strategy)).toEqual([{ type: 'BarrierStrategyAgreed', data: strategy }]);
    expect(resolve('2026-02-10')).toEqual([
      { type: 'BarrierResolved', data: { ...it, outcome: 'Gone', resolvedOn: '2026-02-10' } },
    ]);
    expect(when(opened, 'ReopenBarrier', reopening)).toEqual(refusal('wrong-state', { detail: /open.*resolve/ }));
  });

  test('resolved', () => {
    expect(when(resolved, 'AgreeBarrierStrategy', strategy)).toEqual(refusal('wrong-state'));
    expect(resolve('2026-02-11', resolved)).toEqual(refusal('wrong-state', { detail: /resolved.*reopen/ }));
    expect(when(resolved, 'ReopenBarrier', reopening)).toEqual([{ type: 'BarrierReopened', data: reopening }]);
  });

  test('a strategy has an id of its own', () => {
    expect(when(opened, 'AgreeBarrierStrategy', { ...strategy, strategyId: ids.barrier })).toEqual(
      refusal('already-exists', { path: 'strategyId' }),
    );
  });

  test('rule 4: it is not resolved in the future', () => {
    expect(resolve('2026-03-10')).toMatchObject([{}]);
    expect(resolve('2026-03-11')).toEqual(refusal('in-the-future', { rule: 4, path: 'resolvedOn' }));
  });

  test('rule 3: it is not resolved before its opening, the newest one', () => {
    const early = refusal('dates-out-of-order', { rule: 3, path: 'resolvedOn' });
    expect(resolve('2026-02-01')).toMatchObject([{}]);
    expect(resolve('2026-01-31')).toEqual(early);
    expect(resolve('2026-02-20', reopened)).toMatchObject([{}]);
    expect(resolve('2026-02-19', reopened)).toEqual(early);
  });

  test('rule 3: it is not reopened before the day it was resolved', () => {
    const reopen = (occurredAt: string) => when(resolved, 'ReopenBarrier', reopening, { occurredAt });
    expect(reopen('2026-02-10T00:00:00.000Z')).toMatchObject([{}]);
    expect(reopen('2026-02-09T23:59:59.999Z')).toEqual(refusal('dates-out-of-order', { rule: 3, path: 'occurredAt' }));
  });
});
