import { randomUUID } from 'node:crypto';
import { createHttpApp, type HttpApp } from '../../../test/support/http-app';

const engagementId = '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';
const id = '0b9d6c9e-3f57-4a3d-8a51-0c7a3f0f6a11';
const at = (path: string): string => `/v1/engagements/${engagementId}${path}`;

let http: HttpApp;

beforeAll(async () => {
  http = await createHttpApp();
});

afterAll(async () => {
  await http.close();
});

const last = () => {
  const query = http.queries.at(-1);
  if (!query) throw new Error('No query was sent.');
  return query;
};

async function faultsOf(url: string, headers?: Record<string, string>): Promise<readonly string[]> {
  const sent = http.queries.length;
  const answer = await http.ask('GET', url, undefined, headers);
  expect({ status: answer.statusCode, sent: http.queries.length }).toEqual({ status: 400, sent });
  return answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path);
}

describe('cursors', () => {
  const after = { at: '2026-01-01T00:00:00.000Z', id };

  async function cursorOf(url: string, headers?: Record<string, string>): Promise<string> {
    http.answerQuery = () => ({ items: [{ id }], next: after });
    const answer = await http.ask('GET', url, undefined, headers);
    return encodeURIComponent(answer.json<{ next: string }>().next);
  }

  it('lead on, also with another limit or position', async () => {
    const cursor = await cursorOf('/v1/engagements?state=active&limit=1');
    await http.ask('GET', `/v1/engagements?state=active&cursor=${cursor}`);
    expect(last().params.page).toEqual({ limit: 50, after });
    await http.ask('GET', `/v1/engagements?cursor=${cursor}&minPosition=at-3&limit=7&state=active`);
    expect(last().params.page).toEqual({ limit: 7, after });
  });

  it('are good for their own list, filters and reader alone', async () => {
    const cursor = await cursorOf('/v1/engagements?state=active');
    const authorization = `Bearer ${await http.token()}`;
    expect(await faultsOf(`/v1/engagements?cursor=${cursor}`)).toEqual(['cursor']);
    expect(await faultsOf(`/v1/engagements?state=paused&cursor=${cursor}`)).toEqual(['cursor']);
    expect(await faultsOf(`/v1/engagements?state=active&cursor=${cursor}`, { authorization })).toEqual(['cursor']);
    const notes = await cursorOf(at('/notes'));
    expect(await faultsOf(at(`/check-ins?cursor=${notes}`))).toEqual(['cursor']);
    expect(await faultsOf(at(`/notes?cursor=${notes}`).replace(engagementId, randomUUID()))).toEqual(['cursor']);
  });

  it('can not be made or changed by others', async () => {
    const cursor = await cursorOf('/v1/caseload');
    const [place = '', signature = ''] = cursor.split('.');
    const forged = Buffer.from(JSON.stringify({ ...after, id: engagementId })).toString('base64url');
    for (const wrong of [
      `${forged}.${signature}`,
      place,
      `${place}.`,
      `.${signature}`,
      `${cursor}x`,
      `${cursor}.x`,
      `${cursor}%3D`,
      cursor.slice(0, -1),
    ]) {
      expect(await faultsOf(`/v1/caseload?cursor=${wrong}`)).toEqual(['cursor']);
    }
  });
});

describe('a table', () => {
  const table = {
    columns: ['month', 'reason_code', 'adaptations'],
    rows: [
      ['2026-01', 'barrier', 3],
      ['2026-02', 'a,"b"\n', null],
      ['2026-03', null, 0.5],
    ],
  };
  const ask = (accept?: string) => {
    http.answerQuery = () => table;
    return http.ask('GET', '/v1/analytics/adaptations', undefined, accept === undefined ? {} : { accept });
  };

  it.each([
    'text/csv',
    'Text/CSV; charset=utf-8',
    'text/csv, application/json;q=0.5',
    'application/json, text/csv',
    'text/csv;q=0.9, */*;q=0.1',
  ])('is CSV for %s', async (accept) => {
    const answer = await ask(accept);
    expect(answer.headers['content-type']).toMatch(/^text\/csv; charset=utf-8/);
    expect(answer.body).toBe(
      'month,reason_code,adaptations\r\n2026-01,barrier,3\r\n2026-02,"a,""b""\n",\r\n2026-03,,0.5\r\n',
    );
    expect(answer.headers).toMatchObject({ 'projection-position': 'at-7', vary: 'Accept' });
  });

  it.each([undefined, '*/*', 'application/json', 'text/csv;q=0', 'text/csv;q=0.5, application/json', 'text/html'])(
    'is JSON for %s',
    async (accept) => {
      const answer = await ask(accept);
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.json()).toEqual(table);
    },
  );
});
