import { expectConflict, expectDone, expectProblem, header } from '../../support/answers';
import { aGoal, anEngagement, done, goalBody, now } from '../../support/builders';
import { startTestCairn, type Answer, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const setback = { description: 'A rejection' };

describe('If-Match', () => {
  it('takes the revision that the ETag told', async () => {
    const on = await anEngagement(cairn);
    const first = done(await on.post('/setbacks', setback));
    const etag = header(first, 'etag')!;
    const second = await on.post('/setbacks', setback, on.coach, { 'if-match': etag });
    expectDone(second, 'setbackId');
    const stale = await on.post('/setbacks', setback, on.coach, { 'if-match': etag });
    expectProblem(stale, 412, 'revision-stale');
    const newest = { 'if-match': header(second, 'etag')! };
    expectDone(await on.client.put(on.at('/vision'), vision, newest));
  });

  const vision = { vision: 'To lead', values: [], interests: [], aspirations: [] };

  it('is 412 for a revision that is not there yet', async () => {
    const on = await anEngagement(cairn);
    expectProblem(await on.post('/setbacks', setback, on.coach, { 'if-match': '"999"' }), 412, 'revision-stale');
  });

  it('is the revision of the overview too', async () => {
    const on = await anEngagement(cairn);
    const { revision } = done(await on.post('/setbacks', setback)).body;
    await cairn.settled();
    const overview = await on.coach.get(on.at(''));
    expect(overview.body.revision).toBe(revision);
    const headers = { 'if-match': `"${String(overview.body.revision)}"` };
    expectDone(await on.post('/setbacks', setback, on.coach, headers), 'setbackId');
  });

  it.each(['3', '"x"', '"-1"', '"1.5"', '"', '""', 'three', '"99999999999999999999999999"'])(
    'is malformed as %s',
    async (value) => {
      const on = await anEngagement(cairn, { sponsor: false });
      const answer = await on.post('/setbacks', setback, on.coach, { 'if-match': value });
      if (value.startsWith('"9')) expect([400, 412]).toContain(answer.status);
      else expectProblem(answer, 400, 'invalid-request');
    },
  );

  it('is judged before the rules', async () => {
    const on = await anEngagement(cairn);
    const stale = { 'if-match': '"0"' };
    expectProblem(await on.post('/start', {}, on.coach, stale), 412, 'revision-stale');
    expectConflict(await on.post('/start'), 'wrong-state');
  });
});

describe('A revision', () => {
  it('counts the events of the stream from 0, several for one command', async () => {
    const on = await anEngagement(cairn, { state: 'proposed', sponsor: false });
    const revisions: unknown[] = [];
    const note = (answer: Answer) => {
      revisions.push([done(answer).body.revision, answer.body.eventIds.length]);
    };
    note(await on.post('/agreement', { party: 'client' }, on.client));
    note(await on.post('/agreement', { party: 'coach' }));
    note(await on.post('/start'));
    note(await on.post('/setbacks', { ...setback, lesson: 'Ask earlier' }));
    note(await on.post('/goals', goalBody()));
    expect(revisions).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [5, 2],
      [6, 1],
    ]);
  });
});

describe('A position', () => {
  it('of a command is what a query waits for', async () => {
    const on = await anEngagement(cairn);
    for (let count = 1; count <= 3; count += 1) {
      const goal = await aGoal(on);
      const held = done(await on.post(`/goals/${goal}/hold`, { reason: 'Later' }));
      const overview = await on.coach.get(on.at(''), { 'min-position': header(held, 'event-position')! });
      expect(overview.body.goals).toHaveLength(count);
      expect(header(overview, 'projection-position')).toEqual(expect.stringMatching(/\S/));
      expect(header(overview, 'projection-lag')).toMatch(/^\d+(\.\d+)?$/);
    }
  });
});
