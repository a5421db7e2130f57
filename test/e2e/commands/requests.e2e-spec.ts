import { randomUUID } from 'node:crypto';
import { expectDone, expectInvalid, expectProblem, header } from '../../support/answers';
import { anEngagement, now, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { bring, commandTable } from '../../support/command-table';
import { callerOf } from '../../support/senders';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const json = { 'content-type': 'application/json' };
const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/;

describe.each(commandTable)('The ids in the path of: $name', (row) => {
  it('are 404 when unknown, 400 when malformed', async () => {
    const on = await anEngagement(cairn, { state: row.needs === 'signed' ? 'signed' : 'active' });
    const [path, body] = await row.prepare(on);
    await bring(on, row.needs);
    const by = callerOf(cairn, on, row.by[0]!);
    expectProblem(await by[row.method](`/engagements/${randomUUID()}${path}`, body), 404, 'not-found');
    expectInvalid(await by[row.method](`/engagements/not-an-id${path}`, body));
    if (!uuid.test(path)) return;
    expectProblem(await by[row.method](on.at(path.replace(uuid, randomUUID())), body), 404, 'not-found');
    expectProblem(await by[row.method](on.at(path.replace(uuid, on.id)), body), 404, 'not-found');
    expectInvalid(await by[row.method](on.at(path.replace(uuid, 'not-an-id')), body));
  });
});

describe('A body', () => {
  let on: Case;
  beforeAll(async () => {
    on = await anEngagement(cairn);
  });
  const sendRaw = (raw: string, headers: Record<string, string> = json) =>
    on.coach.raw('POST', on.at('/setbacks'), raw, headers);

  it.each(['{"description": "A', '{', '{"description": \'A\'}', '{"description": "A"} more', 'nonsense', 'NaN'])(
    'is malformed as %s',
    async (raw) => {
      expectInvalid(await sendRaw(raw));
    },
  );

  it.each(['[]', 'null', '"text"', '5', 'true', '[{"description": "A"}]'])('is an object, not %s', async (raw) => {
    expectInvalid(await sendRaw(raw));
  });

  it.each(['{"description": "A", "__proto__": {"x": 1}}', '{"description": "A", "constructor": {"prototype": {}}}'])(
    'brings nothing of its own: %s',
    async (raw) => {
      expectInvalid(await sendRaw(raw));
    },
  );

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is not %s',
    async (type) => {
      expectProblem(await sendRaw('{"description": "A"}', { 'content-type': type }), 415, 'unsupported-media-type');
    },
  );

  it('is JSON in UTF-8, with the charset told or not', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      expectDone(await sendRaw('{"description": "Müde 😴"}', { 'content-type': type }), 'setbackId');
    }
  });

  it('is 64 KB at most', async () => {
    const padded = (bytes: number) => `{"description": "A"}`.padEnd(bytes, ' ');
    expectDone(await sendRaw(padded(65_536)), 'setbackId');
    expectProblem(await sendRaw(padded(65_537)), 413, 'body-too-large');
  });

  it('that is absent is {}', async () => {
    for (const headers of [{}, json]) {
      const ready = await anEngagement(cairn, { state: 'signed' });
      expectDone(await ready.coach.raw('POST', ready.at('/start'), undefined, headers));
    }
  });

  it('that is absent where there must be something names what', async () => {
    expectInvalid(await on.coach.raw('POST', on.at('/setbacks')), 'description');
  });
});

describe('A path', () => {
  it.each(['/nothing', '/engagements/x/nothing', '/engagement', '/analytics'])('%s is not found', async (path) => {
    expectProblem(await cairn.as('coach').post(path, {}), 404, 'not-found');
    expectProblem(await cairn.as('coach').get(path), 404, 'not-found');
  });

  const id = randomUUID();
  it.each([
    ['DELETE', '/engagements', 'GET', 'POST'],
    ['PUT', '/engagements', 'GET', 'POST'],
    ['PATCH', `/engagements/${id}`, 'GET'],
    ['DELETE', `/engagements/${id}`, 'GET'],
    ['POST', `/engagements/${id}`, 'GET'],
    ['POST', `/engagements/${id}/vision`, 'PUT'],
    ['GET', `/engagements/${id}/goals`, 'POST'],
    ['GET', `/engagements/${id}/start`, 'POST'],
    ['POST', `/engagements/${id}/plan`, 'GET'],
    ['DELETE', `/engagements/${id}/notes`, 'GET', 'POST'],
    ['PUT', `/engagements/${id}/plan/adaptations`, 'POST'],
    ['PATCH', `/participants/${id}`, 'GET'],
    ['GET', '/participants', 'POST'],
  ])('%s %s is 405 and tells what is allowed', async (method, path, ...allowed) => {
    const answer = await cairn.as('coach').raw(method, path, method === 'GET' ? undefined : '{}', json);
    expectProblem(answer, 405, 'method-not-allowed');
    const told = header(answer, 'allow')!
      .split(/,\s*/)
      .filter((name) => !['HEAD', 'OPTIONS'].includes(name));
    expect(told.sort()).toEqual(allowed);
  });
});

it('has no way to edit or take back what was recorded (rule 9)', async () => {
  const on = await anEngagement(cairn);
  const methods = ['PUT', 'PATCH', 'DELETE'];
  for (const path of ['', '/goals', '/notes', '/audit', '/plan', '/plan/revisions']) {
    for (const method of methods) {
      expectProblem(await on.coach.raw(method, on.at(path), '{}', json), 405, 'method-not-allowed');
    }
  }
});
