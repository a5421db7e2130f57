import { expectConflict, expectProblem, header } from '../../support/answers';
import { aGoal, aMilestone, anEngagement, aResource, done, euros, goalBody, now } from '../../support/builders';
import { startTestCairn, type Answer, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const atOnce = (count: number, send: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => send(index)));

const carriedOut = (answers: readonly Answer[]) => answers.filter(({ status }) => status < 300);
const refused = (answers: readonly Answer[]) => answers.filter(({ status }) => status >= 300);

describe('Commands on one engagement at the same time', () => {
  it('are all carried out, one after the other, when they do not contradict each other', async () => {
    const on = await anEngagement(cairn);
    const before = done(await on.post('/setbacks', { description: 'Zero' }));
    const answers = await atOnce(12, (index) => on.post('/setbacks', { description: `Setback ${index}` }));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    const revisions = answers.map(({ body }) => Number(body.revision)).sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 12 }, (_, index) => Number(before.body.revision) + 1 + index));
  });

  it('never make a fourth goal active', async () => {
    const on = await anEngagement(cairn);
    const answers = await atOnce(6, () => on.post('/goals', goalBody()));
    expect(carriedOut(answers)).toHaveLength(3);
    for (const answer of refused(answers)) expectConflict(answer, 'too-many-active-goals');
  });

  it('never allocate more than the budget', async () => {
    const on = await anEngagement(cairn);
    const to = await aMilestone(on, await aGoal(on));
    const resource = await aResource(on);
    const amount = euros('250.00');
    const answers = await atOnce(5, () => on.post(`/resources/${resource}/allocate`, { to, amount }));
    expect(carriedOut(answers).length).toBeLessThanOrEqual(2);
    for (const answer of refused(answers)) expect(answer.status).toBe(409);
  });

  it('with If-Match: the first is carried out, the others are stale', async () => {
    const on = await anEngagement(cairn);
    const { etag } = { etag: header(done(await on.post('/setbacks', { description: 'Zero' })), 'etag')! };
    const answers = await atOnce(6, (index) =>
      on.post('/setbacks', { description: `Setback ${index}` }, on.coach, { 'if-match': etag }),
    );
    expect(carriedOut(answers)).toHaveLength(1);
    for (const answer of refused(answers)) expectProblem(answer, 412, 'revision-stale');
  });

  it('agree the plan once, and adapt a revision once', async () => {
    const on = await anEngagement(cairn);
    const goalId = await aGoal(on);
    const agreed = await atOnce(3, () => on.post('/plan/agreement', { agreedBy: ['client', 'coach'] }));
    expect(carriedOut(agreed)).toHaveLength(1);
    for (const answer of refused(agreed)) expectConflict(answer, 'wrong-state');
    const adapted = await atOnce(4, (index) =>
      on.post('/plan/adaptations', {
        baseRevision: 1,
        reasonCode: 'learning',
        reasonText: 'We know better',
        changes: [{ op: 'goal-reweighted', goalId, from: 1, to: index + 2 }],
        agreedBy: ['client', 'coach'],
        effectiveOn: '2026-04-01',
      }),
    );
    expect(carriedOut(adapted).map(({ body }) => body.planRevision as unknown)).toEqual([2]);
    for (const answer of refused(adapted)) expectConflict(answer, 'plan-revision-stale');
  });

  it('take an id once', async () => {
    const on = await anEngagement(cairn);
    const noteId = on.sponsor.id;
    const answers = await atOnce(5, () => on.post('/notes', { noteId, visibility: 'shared', text: 'Once' }));
    expect(carriedOut(answers)).toHaveLength(1);
    for (const answer of refused(answers)) expectConflict(answer, 'already-exists');
  });

  it('propose one engagement under one id', async () => {
    const on = await anEngagement(cairn);
    const proposal = { clientId: on.client.id, coachId: on.coach.id, startsOn: '2026-03-01', endsOn: '2026-12-31' };
    const engagementId = on.sponsor.id;
    const answers = await atOnce(5, () => on.coach.post('/engagements', { ...proposal, engagementId }));
    expect(carriedOut(answers).map(({ body }) => body.revision as unknown)).toEqual([0]);
    for (const answer of refused(answers)) expectConflict(answer, 'already-exists');
  });
});
