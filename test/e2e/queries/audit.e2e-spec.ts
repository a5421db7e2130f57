import { expectInvalid } from '../../support/answers';
import {
  adapt,
  aGoal,
  agreePlan,
  aMilestone,
  anAgreedPlan,
  anEngagement,
  type Case,
  done,
  now,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { observe, on as day } from '../../support/past';
import { read, readItems } from '../../support/reading';
import { type AuditEntry, auditEntry, overview } from '../../support/shapes';

let cairn: TestCairn;
let on: Case;
let goal: string;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  on = await anEngagement(cairn, { sponsor: false });
  goal = await aGoal(on, day('2026-03-10'));
  await aMilestone(on, goal, day('2026-03-12'));
  await agreePlan(on, day('2026-03-14'));
  cairn.clock.advance(1_000);
  await observe(on, goal, 3, '2026-03-20', 'client', { ...day('2026-03-31'), note: 'Good' });
  done(await on.post('/notes', { visibility: 'coach-private', text: 'Hm', ...day('2026-03-31') }));
  done(await on.post('/end-early', { reason: 'Moved' }, cairn.as('admin', admin)));
  await cairn.settled();
});
afterAll(() => cairn.stop());

const admin = 'c0ffee00-0000-4000-8000-000000000001';
const audit = (query = '', by = on.coach): Promise<readonly AuditEntry[]> =>
  readItems(by, on.at(`/audit${query}`), auditEntry);
const types = (entries: readonly AuditEntry[]) => entries.map(({ type }) => type);

const all = [
  'EngagementProposed',
  'AgreementSigned',
  'AgreementSigned',
  'EngagementStarted',
  'GoalSet',
  'MilestonePlanned',
  'PlanAgreed',
  'ProgressRecorded',
  'NoteRecorded',
  'EngagementEndedEarly',
];

describe('The audit', () => {
  it('has every event in the order of its revision, without a gap', async () => {
    const entries = await audit();
    expect(types(entries)).toEqual(all);
    expect(entries.map(({ revision }) => revision)).toEqual(all.map((_, index) => index));
    expect((await read(on.coach, on.at(''), overview)).revision).toBe(9);
    expect(new Set(entries.map(({ eventId }) => eventId)).size).toBe(10);
    expect(entries.map(({ schemaVersion }) => schemaVersion)).toEqual(all.map(() => 1));
  });

  it('is turned by order=desc', async () => {
    expect(await audit('?order=desc')).toEqual([...(await audit())].reverse());
    expect(await audit('?order=asc')).toEqual(await audit());
  });

  it('leaves out private notes for the client', async () => {
    const entries = await audit('', on.client);
    expect(types(entries)).toEqual(all.filter((type) => type !== 'NoteRecorded'));
    expect(entries.at(-1)?.revision).toBe(9);
  });

  it('says who did it in which role, when it happened and when it was recorded', async () => {
    const entries = await audit();
    const observed = entries.find(({ type }) => type === 'ProgressRecorded');
    expect(observed).toMatchObject({ actor: { id: on.client.id, role: 'client' }, onBehalfOf: null });
    expect(Date.parse(observed!.occurredAt)).toBe(Date.parse('2026-03-31T12:00:00Z'));
    expect(Date.parse(observed!.recordedAt)).toBe(Date.parse('2026-04-01T09:00:01Z'));
    expect(entries.at(-1)?.actor).toEqual({ id: admin, role: 'admin' });
    for (const { sentence } of entries) expect(sentence).toMatch(/^\S+ .*\S$/);
  });

  it.each([
    ['type=GoalSet', ['GoalSet']],
    ['type=GoalSet&type=NoteRecorded', ['GoalSet', 'NoteRecorded']],
    ['type=GoalAchieved', []],
    ['from=2026-03-14&to=2026-03-31', ['PlanAgreed', 'ProgressRecorded', 'NoteRecorded']],
    ['from=2026-03-10&to=2026-03-10', ['GoalSet']],
    ['to=2026-03-12', ['GoalSet', 'MilestonePlanned']],
    [
      'from=2026-04-01',
      ['EngagementProposed', 'AgreementSigned', 'AgreementSigned', 'EngagementStarted', 'EngagementEndedEarly'],
    ],
    ['from=2026-03-31&to=2026-03-10', []],
    ['from=2026-03-11&type=GoalSet', []],
    [`actor=${admin}`, ['EngagementEndedEarly']],
    [`actor=${admin}&type=GoalSet`, []],
  ])('filtered by %s', async (query, expected) => {
    expect(types(await audit(`?${query}`))).toEqual(expected);
  });

  it('filtered by the client as actor', async () => {
    expect(types(await audit(`?actor=${on.client.id}`))).toEqual(['AgreementSigned', 'ProgressRecorded']);
  });

  it('goes on where a page ended, with the same filter', async () => {
    const query = 'type=GoalSet&type=PlanAgreed&type=EngagementEndedEarly&limit=2';
    const first = await on.coach.get(on.at(`/audit?${query}`));
    expect(types(first.body.items)).toEqual(['GoalSet', 'PlanAgreed']);
    const rest = await on.coach.get(on.at(`/audit?${query}&cursor=${encodeURIComponent(first.body.next)}`));
    expect([types(rest.body.items), rest.body.next]).toEqual([['EngagementEndedEarly'], null]);
  });

  it.each(['actor=somebody', 'from=yesterday', 'to=2026-02-30', 'order=up', 'from=2026-03-01T00:00:00Z'])(
    'refuses %s',
    async (query) => {
      expectInvalid(await on.coach.get(on.at(`/audit?${query}`)));
    },
  );

  it('has the same entries for an auditor, with the private notes and without personal text', async () => {
    const entries = await audit('', cairn.as('auditor'));
    expect(types(entries)).toEqual(all);
    expect(entries.find(({ type }) => type === 'NoteRecorded')?.data).toMatchObject({
      visibility: 'coach-private',
      text: null,
    });
    expect(entries.find(({ type }) => type === 'ProgressRecorded')?.data).toMatchObject({ value: 3, note: null });
  });

  it('names a private note as a trigger to its author alone', async () => {
    const planned = await anAgreedPlan(cairn, { sponsor: false });
    const note = done(await planned.post('/notes', { visibility: 'coach-private', text: 'Tired of it' }));
    const barrier = done(
      await planned.post('/barriers', { category: 'external', description: 'Nights', severity: 3, affects: [] }),
    );
    const triggeredBy = [note.body.eventIds[0], barrier.body.eventIds[0]];
    const change = { op: 'goal-reweighted', goalId: planned.goal, from: 1, to: 2 };
    done(await adapt(planned, [change], { triggeredBy }));
    await cairn.settled();
    const seenBy = async (caller: Case['coach']) => {
      const [entry] = await readItems(caller, planned.at('/audit?type=PlanAdapted'), auditEntry);
      return (entry?.data as { triggeredBy: string[] }).triggeredBy;
    };
    expect(await seenBy(planned.coach)).toEqual(triggeredBy);
    expect(await seenBy(planned.client)).toEqual([barrier.body.eventIds[0]]);
  });
});
