import { commandFaults, lastCommand } from '../../../test/support/command-faults';
import { createHttpApp, type HttpApp } from '../../../test/support/http-app';
import { engagementAndGoalRequests } from '../../../test/support/requests/engagements-and-goals';
import { thingRequests } from '../../../test/support/requests/things';
import { at } from '../../../test/support/requests/parts';

const table = [...engagementAndGoalRequests, ...thingRequests];

let http: HttpApp;

beforeAll(async () => {
  http = await createHttpApp();
});

afterAll(async () => {
  await http.close();
});

const last = () => lastCommand(http);
const faultsOf = (url: string, body: unknown, headers?: Record<string, string>) =>
  commandFaults(http, url, body, headers);
const pathsOf = async (url: string, body: unknown): Promise<readonly string[]> =>
  (await faultsOf(url, body)).map((fault) => fault.split(' ')[0] ?? '');

describe('the table of commands', () => {
  it.each(table)('%s', async (kind, url, body, status, data) => {
    const answer = await http.ask('POST', url, body);
    expect([answer.statusCode, answer.body]).toEqual([status, expect.any(String)]);
    expect(last().kind).toBe(kind);
    expect(last().envelope.data).toStrictEqual(data);
    const subject = kind.endsWith('Participant') ? 'participantId' : 'engagementId';
    expect(answer.json()).toEqual({
      [subject]: last().envelope.subjectId,
      revision: 7,
      position: 'at-8',
      eventIds: [expect.any(String)],
    });
    expect(answer.headers).toMatchObject({ etag: '"7"', 'event-position': 'at-8' });
  });

  it('ArticulateVision is a PUT', async () => {
    const vision = { vision: 'To lead', values: ['craft'], interests: [], aspirations: [] };
    expect((await http.ask('PUT', at('vision'), vision)).statusCode).toBe(200);
    expect([last().kind, last().envelope.data]).toStrictEqual(['ArticulateVision', vision]);
  });

  it.each(table)('%s refuses an unknown field, and an unknown query parameter', async (_kind, url, body) => {
    expect(await faultsOf(`${url}?wait=1`, { ...body, nonsense: 1 })).toEqual([
      'wait is not a query parameter of this request',
      'nonsense is not a field of this request',
    ]);
  });

  it.each(table.filter(([, , body]) => Object.keys(body).length > 0))(
    '%s refuses the wrong type of each field',
    async (_kind, url, body) => {
      const wrong = Object.fromEntries(Object.keys(body).map((name) => [name, { wrong: true }]));
      const paths = await pathsOf(url, wrong);
      for (const name of Object.keys(body)) expect(paths.some((path) => path.startsWith(name))).toBe(true);
    },
  );
});
