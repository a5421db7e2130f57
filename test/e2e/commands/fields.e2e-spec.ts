import { randomUUID } from 'node:crypto';
import { expectDone, expectInvalid } from '../../support/answers';
import { anEngagement, done, goalBody, milestoneBody, now, aGoal, euros } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { bring, commandTable, type Row } from '../../support/command-table';
import { commonFields, faultsOf, fieldTable, proposalFields, withValue } from '../../support/field-table';
import { callerOf } from '../../support/senders';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

async function ready(row: Row) {
  const on = await anEngagement(cairn, { state: row.needs === 'signed' ? 'signed' : 'active' });
  const [path, body] = await row.prepare(on);
  await bring(on, row.needs);
  const by = callerOf(cairn, on, row.by[0]!);
  /** One more event of its own, which tells the revision. */
  const revision = async () => Number(done(await on.post('/agreement', { party: 'client' }, on.client)).body.revision);
  return { body: { ...body }, send: (sent: object) => by[row.method](on.at(path), sent), revision };
}

/** Entries of a list are named by their place, or by the list. */
const names = (told: unknown, path: string): boolean =>
  told === path || (path.endsWith('[0]') && told === path.replace(/\[0\]$/, ''));

const rows = commandTable.filter(({ name }) => name in fieldTable);

it('every command has its fields in the table', () => {
  expect(rows).toHaveLength(commandTable.length - 1);
});

describe.each(rows)('$name', (row) => {
  it('names each field that is wrong or not known, and appends nothing', async () => {
    const { body, send, revision } = await ready(row);
    const before = await revision();
    const failures: unknown[] = [];
    for (const [path, kind] of Object.entries({
      ...fieldTable[row.name],
      ...commonFields,
      somethingElse: 'unknown?',
    })) {
      if (path.startsWith('budget.')) body.budget ??= euros('1.00');
      for (const { value } of faultsOf(path, kind)) {
        const { status, body: problem } = await send(withValue(body, path, value));
        const told = problem.errors?.[0]?.path as unknown;
        if (status === 400 && problem.code === 'invalid-request' && names(told, path)) continue;
        failures.push({ path, value, status, code: problem.code, told, detail: problem.detail });
      }
    }
    expect(failures).toEqual([]);
    expect(await revision()).toBe(before + 1);
  });
});

describe('The fields of a proposal and of a person', () => {
  const id = randomUUID();
  const proposal = { clientId: randomUUID(), coachId: id, startsOn: '2026-03-01', endsOn: '2026-12-31' };
  it.each([
    ['/engagements', proposal, proposalFields],
    ['/participants', { kind: 'client', name: 'Ada' }, { participantId: 'id?', kind: 'enum', name: 'title' }],
    [`/participants/${id}/update`, { name: 'Ada' }, { name: 'title?' }],
  ] as const)('%s', async (path, body, fields) => {
    const coach = cairn.as('coach', id);
    const failures: unknown[] = [];
    for (const [field, kind] of Object.entries({ ...fields, occurredAt: 'occurred?', else: 'unknown?' })) {
      for (const { value } of faultsOf(field, kind)) {
        const { status, body: problem } = await coach.post(path, withValue(body, field, value));
        const told = problem.errors?.[0]?.path as unknown;
        if (status !== 400 || told !== field) failures.push({ field, value, status, told, problem });
      }
    }
    expect(failures).toEqual([]);
  });
});

describe('Unknown fields further down', () => {
  it.each([
    ['measure.colour', goalBody()],
    ['achievability.colour', goalBody()],
    ['attainmentScale[2].colour', goalBody()],
  ])('%s', async (path, body) => {
    const on = await anEngagement(cairn, { sponsor: false });
    expectInvalid(await on.post('/goals', withValue(body, path, 'blue')), path);
  });

  it.each([
    ['changes[0].colour', { op: 'goal-dropped', goalId: randomUUID() }],
    ['changes[0].goal.colour', { op: 'goal-added', goal: goalBody({ goalId: randomUUID() }) }],
    [
      'changes[0].to.colour',
      { op: 'action-redefined', actionId: randomUUID(), from: { title: 'A' }, to: { title: 'B' } },
    ],
    ['changes[0].milestone.colour', { op: 'milestone-added', milestone: milestoneBody(randomUUID()) }],
  ])('%s', async (path, change) => {
    const on = await anEngagement(cairn, { sponsor: false });
    const body = {
      baseRevision: 1,
      reasonCode: 'learning',
      reasonText: 'We know better',
      changes: [change],
      agreedBy: ['client', 'coach'],
      effectiveOn: '2026-04-01',
    };
    expectInvalid(await on.post('/plan/adaptations', withValue(body, path, 'blue')), path);
  });
});

describe('What is just allowed', () => {
  it('texts of their full length, with line feeds and tabs', async () => {
    const on = await anEngagement(cairn, { sponsor: false });
    const long = `\n\t${'ä'.repeat(3998)}`;
    const goal = goalBody({ specific: long, relevance: long, weight: 0.5, achievability: { confidence: 0 } });
    expectDone(await on.post('/goals', goal), 'goalId');
    const milestone = milestoneBody(await aGoal(on), { title: 'x'.repeat(200), criterion: 'y' });
    expectDone(await on.post('/milestones', milestone), 'milestoneId');
    expectDone(await on.post('/notes', { visibility: 'shared', text: 'x'.repeat(4000) }), 'noteId');
  });

  it('levels, severity and confidence at their ends, numbers of any sign', async () => {
    const on = await anEngagement(cairn, { sponsor: false });
    const goal = await aGoal(on, { achievability: { confidence: 10 }, weight: 100, rank: 1 });
    for (const severity of [1, 5]) {
      const body = { category: 'skill', description: 'Rusty', severity, affects: [] };
      expectDone(await on.post('/barriers', body), 'barrierId');
    }
    for (const level of [-2, 2]) {
      const body = { level, observedOn: '2026-04-01', rater: 'coach' };
      expectDone(await on.post(`/goals/${goal}/attainment`, body));
    }
    for (const value of [-1.25, 0, 1e9]) {
      expectDone(await on.post(`/goals/${goal}/progress`, { value, observedOn: '2026-04-01', rater: 'coach' }));
    }
  });
});
