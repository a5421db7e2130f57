import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone, expectProblem } from '../../support/answers';
import {
  aBarrier,
  aCheckIn,
  aGoal,
  aMilestone,
  anAction,
  anEngagement,
  aResource,
  now,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

async function everyThing(on: Case): Promise<string[]> {
  const goal = await aGoal(on);
  const milestone = await aMilestone(on, goal);
  const rest = [await anAction(on, milestone), await aBarrier(on), await aResource(on), await aCheckIn(on)];
  return [goal, milestone, ...rest];
}

const records = [
  { path: '/notes', makes: 'noteId', body: { visibility: 'shared', text: 'Went well' } },
  { path: '/notes', makes: 'noteId', body: { visibility: 'coach-private', text: 'Between us\n\tand me' } },
  { path: '/celebrations', makes: 'celebrationId', body: { how: 'With a cake' } },
];

describe.each(records)('$path $body', ({ path, makes, body }) => {
  it('is about any thing of the engagement', async () => {
    const on = await anEngagement(cairn);
    for (const about of await everyThing(on)) expectDone(await on.post(path, { ...body, about }), makes);
  });

  it('is about a thing that is there', async () => {
    const on = await anEngagement(cairn);
    const elsewhere = await aGoal(await anEngagement(cairn));
    for (const about of [randomUUID(), on.client.id, on.id, elsewhere]) {
      expectConflict(await on.post(path, { ...body, about }), 'unknown-reference');
    }
  });

  it('takes an id that is free', async () => {
    const on = await anEngagement(cairn);
    const about = await aGoal(on);
    const id = randomUUID();
    const answer = await on.post(path, { ...body, about, [makes]: id });
    expect(answer.body[makes]).toBe(id);
    expectConflict(await on.post(path, { ...body, about, [makes]: id }), 'already-exists');
  });
});

describe('A note', () => {
  it("is the coach's alone to write", async () => {
    const on = await anEngagement(cairn);
    const body = { visibility: 'shared', text: 'Went well' };
    expectProblem(await on.post('/notes', body, on.client), 403, 'forbidden');
    expectProblem(await on.post('/notes', body, on.sponsor), 403, 'forbidden');
    expectDone(await on.post('/notes', body), 'noteId');
  });
});

describe('A setback', () => {
  it('is recorded alone, or with its lesson', async () => {
    const on = await anEngagement(cairn);
    const alone = await on.post('/setbacks', { description: 'A rejection' });
    expectDone(alone, 'setbackId');
    expect((await eventsOf(on, alone)).map(({ type }) => type)).toEqual(['SetbackRecorded']);

    const setbackId = randomUUID();
    const learned = await on.post('/setbacks', { setbackId, description: 'A rejection', lesson: 'Ask earlier' });
    expectDone(learned, 'setbackId');
    expect(await eventsOf(on, learned)).toMatchObject([
      { type: 'SetbackRecorded', data: { setbackId, description: 'A rejection' } },
      { type: 'LessonLearned', data: { setbackId, lesson: 'Ask earlier' } },
    ]);
    expectConflict(await on.post('/setbacks', { setbackId, description: 'Again' }), 'already-exists');
  });
});
