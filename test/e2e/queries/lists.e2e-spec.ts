import { createHash } from 'node:crypto';
import { aBarrier, aGoal, anAgreedPlan, aResource, done, euros, now, type Planned } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { engagementSince, on as day } from '../../support/past';
import { readItems } from '../../support/reading';
import { barrier, checkIn, note, resource } from '../../support/shapes';

let cairn: TestCairn;
let on: Planned;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
beforeEach(async () => {
  on = await anAgreedPlan(cairn);
});
afterAll(() => cairn.stop());

describe('The check-ins', () => {
  const of = async () => {
    await cairn.settled();
    return readItems(on.client, on.at('/check-ins'), checkIn);
  };
  const scheduled = async (scheduledFor: string) =>
    done(await on.post('/check-ins', { scheduledFor })).body.checkInId as string;

  it('are told newest first, with what became of them', async () => {
    const held = await scheduled('2026-04-02T09:00:00+02:00');
    cairn.clock.advance(1_000);
    const missed = await scheduled('2026-04-09T09:00:00Z');
    cairn.clock.advance(1_000);
    const next = await scheduled('2026-04-16T09:00:00Z');
    const body = { heldAt: '2026-04-01T07:00:00Z', summary: 'We talked', confidence: 8 };
    done(await on.post(`/check-ins/${held}/hold`, body));
    done(await on.post(`/check-ins/${missed}/miss`, { by: 'coach', reason: 'Ill' }));
    const all = await of();
    expect(all.map(({ checkInId }) => checkInId)).toEqual([next, missed, held]);
    const none = { heldAt: null, summary: null, confidence: null, missedBy: null };
    expect(all[0]).toMatchObject({ ...none, state: 'scheduled' });
    expect(all[1]).toMatchObject({ ...none, state: 'missed', missedBy: 'coach' });
    expect(all[2]).toMatchObject({ state: 'held', summary: 'We talked', confidence: 8, missedBy: null });
    expect(Date.parse(all[2]!.heldAt!)).toBe(Date.parse(body.heldAt));
    expect(Date.parse(all[2]!.scheduledFor)).toBe(Date.parse('2026-04-02T07:00:00Z'));
  });

  it('are scheduled again by a new date', async () => {
    const id = await scheduled('2026-04-02T09:00:00Z');
    done(await on.post(`/check-ins/${id}/miss`, { by: 'client' }));
    done(await on.post(`/check-ins/${id}/reschedule`, { scheduledFor: '2026-04-20T09:00:00Z', reason: 'Again' }));
    const [one] = await of();
    expect(one).toMatchObject({ checkInId: id, state: 'scheduled', missedBy: null });
    expect(Date.parse(one!.scheduledFor)).toBe(Date.parse('2026-04-20T09:00:00Z'));
  });
});

describe('The resources', () => {
  it('are told newest first, with what is allocated', async () => {
    const funding = await aResource(on);
    cairn.clock.advance(1_000);
    const skill = await aResource(on, { kind: 'skill', description: 'French', budget: undefined });
    done(await on.post(`/resources/${funding}/allocate`, { to: on.milestone, amount: euros('1.50') }));
    done(await on.post(`/resources/${funding}/allocate`, { to: on.action, amount: euros('598.50') }));
    done(await on.post(`/resources/${skill}/allocate`, { to: on.action }));
    done(await on.post(`/resources/${funding}/release`, { to: on.milestone, reason: 'Too much' }));
    await cairn.settled();
    const body = { kind: 'funding', description: 'Money for a course', budget: euros('600.00'), state: 'allocated' };
    expect(await readItems(on.client, on.at('/resources'), resource)).toEqual([
      {
        resourceId: skill,
        kind: 'skill',
        description: 'French',
        budget: null,
        allocated: [{ to: on.action, amount: null }],
        state: 'allocated',
      },
      { ...body, resourceId: funding, allocated: [{ to: on.action, amount: euros('598.50') }] },
    ]);
  });
});

describe('The barriers', () => {
  it('are told newest first, with the days they were open', async () => {
    const of = await engagementSince(cairn, '2026-01-01');
    const identify = async (from: string, affects: readonly string[] = []) =>
      aBarrier(of, { ...day(from), affects, description: `Since ${from}` });
    const goal = await aGoal(of, { startOn: '2026-01-01', ...day('2026-01-01') });
    const resolved = await identify('2026-01-01', [goal]);
    const open = await identify('2026-03-22');
    const strategy = done(await of.post(`/barriers/${open}/strategies`, { description: 'Ask' })).body
      .strategyId as string;
    done(await of.post(`/barriers/${resolved}/resolve`, { outcome: 'Gone', resolvedOn: '2026-01-06' }));
    done(await of.post(`/barriers/${resolved}/reopen`, { reason: 'Back', ...day('2026-01-10') }));
    done(await of.post(`/barriers/${resolved}/resolve`, { outcome: 'Gone', resolvedOn: '2026-01-13' }));
    await cairn.settled();
    const common = { category: 'external', severity: 3 };
    expect(await readItems(of.client, of.at('/barriers'), barrier)).toEqual([
      {
        ...common,
        barrierId: open,
        description: 'Since 2026-03-22',
        affects: [],
        state: 'open',
        identifiedOn: '2026-03-22',
        resolvedOn: null,
        openDays: 10,
        strategies: [{ strategyId: strategy, description: 'Ask' }],
      },
      {
        ...common,
        barrierId: resolved,
        description: 'Since 2026-01-01',
        affects: [goal],
        state: 'resolved',
        identifiedOn: '2026-01-01',
        resolvedOn: '2026-01-13',
        openDays: 8,
        strategies: [],
      },
    ]);
  });
});

describe('The notes', () => {
  it('are told newest first, with the digest of their text', async () => {
    const text = 'Über mut\tand\n“courage”';
    const first = done(await on.post('/notes', { visibility: 'shared', text, about: on.goal })).body.noteId as string;
    cairn.clock.advance(1_000);
    const second = done(await on.post('/notes', { visibility: 'coach-private', text: 'Hm', ...day('2026-03-31') }));
    await cairn.settled();
    const notes = await readItems(on.coach, on.at('/notes'), note);
    expect(notes).toEqual([
      {
        noteId: second.body.noteId,
        visibility: 'coach-private',
        author: on.coach.id,
        occurredAt: expect.any(String),
        about: null,
        text: 'Hm',
        digest: createHash('sha256').update('Hm').digest('hex'),
      },
      expect.objectContaining({
        noteId: first,
        visibility: 'shared',
        about: on.goal,
        text,
        digest: createHash('sha256').update(text).digest('hex'),
      }),
    ]);
    expect(Date.parse(notes[0]!.occurredAt)).toBe(Date.parse('2026-03-31T12:00:00Z'));
    const seen = await readItems(on.client, on.at('/notes'), note);
    expect(seen).toEqual(notes.slice(1));
  });
});

describe('Empty lists', () => {
  it.each(['/check-ins', '/resources', '/barriers', '/notes'])('%s', async (path) => {
    await cairn.settled();
    expect((await on.client.get(on.at(path))).body).toEqual({ items: [], next: null });
  });
});
