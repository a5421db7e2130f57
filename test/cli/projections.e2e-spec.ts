import { randomUUID } from 'node:crypto';
import { startTestCairn, type TestCairn } from '../support/cairn';
import { runCli } from '../support/cli-process';

describe('cairn projections', () => {
  let cairn: TestCairn;
  const ids: string[] = [];
  beforeAll(async () => {
    cairn = await startTestCairn();
    const coach = cairn.as('coach');
    for (let n = 0; n < 3; n += 1) {
      const body = { clientId: randomUUID(), coachId: coach.id, startsOn: '2026-04-01', endsOn: '2027-01-01' };
      const { status, body: answer } = await coach.post('/engagements', body);
      expect(status).toBe(201);
      ids.push(answer.engagementId);
    }
    await cairn.settled();
  }, 60_000);
  afterAll(() => cairn.stop());

  const cli = (...args: string[]) =>
    runCli(['projections', ...args], {
      DATABASE_URL: String(cairn.running.pool.options.connectionString),
      LOG_LEVEL: '',
    });

  it('shows how far each read model is', async () => {
    const { code, out } = await cli('status');
    expect(code).toBe(0);
    const [titles, ...lines] = out.trimEnd().split('\n');
    expect(titles).toMatch(/^projection +version +state +events behind/);
    expect(lines.map((line) => line.split(/ +/)[0])).toContain('overview');
    for (const line of lines) expect(line).toMatch(/^\S+ +\d+ +live +0 /);
  });

  it('says that the rows are what the log says', async () => {
    const all = await cli('verify', '--all');
    expect([all.code, all.out]).toEqual([0, 'The rows of 3 streams are what the log says.\n']);
    expect(all.error).toMatch(/^Comparing +3 streams, \d+ rows, [\d,]+ values\n$/);
    const sample = await cli('verify', '--sample', '2');
    expect([sample.code, sample.out]).toEqual([0, 'The rows of 2 streams are what the log says.\n']);
  });

  it('names the row, the column, both values and the event where they are not, and ends with 1', async () => {
    const [wrong, right] = ids as [string, string];
    await cairn.running.pool.query(
      `UPDATE read_model.engagements SET ends_on = '2031-01-01' WHERE engagement_id = $1`,
      [wrong],
    );
    const { code, out, error } = await cli('verify', '--engagement', wrong);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^overview: the row of read_model\.engagements with .* has ends_on "2031-01-01", and by the log it is/,
    );
    expect(out).toContain('EngagementProposed (event ');
    expect(error.trimEnd().split('\n').at(-1)).toBe('The rows of 1 of 1 streams differ.');
    expect((await cli('verify', '--engagement', right)).code).toBe(0);
    expect((await cli('verify')).error).toContain('The rows of 1 of 3 streams differ.');
  });

  it('says when there is no such engagement', async () => {
    const nowhere = randomUUID();
    const { code, error } = await cli('verify', '--engagement', nowhere);
    expect([code, error]).toEqual([1, expect.stringContaining(`There is no engagement ${nowhere} in the log.`)]);
  });
});
