import { expectInvalid } from '../../support/answers';
import { aBarrier, aCheckIn, aGoal, anEngagement, done, now, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { engagementSince, on as day } from '../../support/past';
import { read, readItems } from '../../support/reading';
import { auditEntry, brief, progress } from '../../support/shapes';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

async function briefOf(of: Case, query = '', by = of.coach) {
  await cairn.settled();
  const answer = await read(by, of.at(`/brief${query}`), brief);
  return { ...answer, types: answer.items.map(({ type }) => type) };
}

const minute = () => {
  cairn.clock.advance(60_000);
};

describe('The brief', () => {
  it('tells what was recorded after the check-in that was held last', async () => {
    const of = await anEngagement(cairn, { sponsor: false });
    const goal = await aGoal(of);
    const checkIn = await aCheckIn(of);
    minute();
    done(await of.post(`/check-ins/${checkIn}/hold`, { heldAt: '2026-04-01T08:00:00Z', summary: 'We met' }));
    expect((await briefOf(of)).types).toEqual([]);
    minute();
    await aBarrier(of);
    // it happened before the check-in, and was recorded after it
    done(await of.post(`/goals/${goal}/hold`, { reason: 'Later', ...day('2026-03-20') }));
    const { items, types } = await briefOf(of);
    expect(types).toEqual(['BarrierIdentified', 'GoalPutOnHold']);
    const audit = await readItems(of.coach, of.at('/audit?order=desc&limit=2'), auditEntry);
    const told = audit.map(({ eventId, type, occurredAt, sentence }) => ({ eventId, type, occurredAt, sentence }));
    expect(items).toEqual(told.reverse());
    expect((await briefOf(of, '', of.client)).types).toEqual(types);
  });

  it('tells everything while none was held', async () => {
    const of = await anEngagement(cairn, { sponsor: false, state: 'signed' });
    expect((await briefOf(of)).types).toEqual(['EngagementProposed', 'AgreementSigned', 'AgreementSigned']);
  });

  it('tells what was recorded after an instant', async () => {
    const of = await anEngagement(cairn, { sponsor: false });
    minute();
    const since = cairn.clock.now().toISOString();
    await aGoal(of);
    cairn.clock.advance(1);
    done(await of.post('/notes', { visibility: 'shared', text: 'x', ...day('2026-03-20') }));
    const answer = await briefOf(of, `?since=${since}`);
    expect(answer.types).toEqual(['NoteRecorded']);
    expect(Date.parse(answer.since)).toBe(Date.parse(since));
    expect((await briefOf(of, '?since=2026-01-01T00:00:00%2B02:00')).types).toHaveLength(6);
  });

  it('leaves private notes to the coach', async () => {
    const of = await anEngagement(cairn, { sponsor: false });
    done(await of.post('/notes', { visibility: 'coach-private', text: 'x' }));
    const query = '?since=2026-01-01T00:00:00Z';
    expect((await briefOf(of, query)).types).toContain('NoteRecorded');
    expect((await briefOf(of, query, of.client)).types).not.toContain('NoteRecorded');
  });

  it('asks about the rules of health that fired', async () => {
    const of = await engagementSince(cairn, '2026-01-01');
    const { openQuestions } = await briefOf(of);
    expect(openQuestions).toMatchObject([{ rule: 'no-contact', level: 'attention', since: '2026-01-22' }]);
    expect(openQuestions).toEqual((await read(of.coach, of.at('/progress'), progress)).health.rules);
  });

  it.each(['since=2026-04-01', 'since=now', 'asOf=2026-04-01', 'limit=3'])('refuses %s', async (query) => {
    const of = await anEngagement(cairn);
    expectInvalid(await of.coach.get(of.at(`/brief?${query}`)));
  });
});
