import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { base64url, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createHttpApp, type HttpApp, SECRET } from '../../../test/support/http-app';

const url = '/v1/engagements/6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';
const sub = randomUUID();
const claims = { tenant: 'acme', roles: ['coach'], sub };
const hour = () => Math.floor(Date.now() / 1_000) + 3_600;
const key = new TextEncoder().encode(SECRET);

const sign = (payload: JWTPayload, secret: Uint8Array = key, alg = 'HS256') =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(secret);

async function statusFor(http: HttpApp, authorization: string): Promise<number> {
  const answer = await http.inject({ method: 'GET', url, headers: { authorization } });
  if (answer.statusCode === 401) {
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
    if (authorization.length > 30) expect(answer.body).not.toContain(authorization.slice(7));
  }
  return answer.statusCode;
}

describe('tokens for development', () => {
  let http: HttpApp;

  beforeAll(async () => {
    http = await createHttpApp();
  });

  afterAll(async () => {
    await http.close();
  });

  const ask = (payload: unknown) => http.inject({ method: 'POST', url: '/dev/tokens', payload: payload as object });

  it('are given to anyone, and name their bearer', async () => {
    const answer = await ask({ ...claims, roles: ['client', 'sponsor', 'supervisor', 'auditor', 'admin', 'coach'] });
    expect([answer.statusCode, Object.keys(answer.json())]).toEqual([200, ['token']]);
    expect(await statusFor(http, `Bearer ${answer.json<{ token: string }>().token}`)).toBe(200);
    expect(http.queries.at(-1)?.params.caller).toEqual({
      tenantId: 'acme',
      id: sub,
      roles: ['client', 'sponsor', 'supervisor', 'auditor', 'admin', 'coach'],
    });
  });

  it.each([
    [{ ...claims, tenant: 'Acme' }, 'tenant'],
    [{ ...claims, tenant: 'x'.repeat(64) }, 'tenant'],
    [{ ...claims, tenant: '' }, 'tenant'],
    [{ ...claims, sub: 'me' }, 'sub'],
    [{ ...claims, roles: [] }, 'roles'],
    [{ ...claims, roles: ['boss'] }, 'roles[0]'],
    [{ ...claims, roles: 'coach' }, 'roles'],
    [{ ...claims, expiresInSeconds: 0 }, 'expiresInSeconds'],
    [{ ...claims, expiresInSeconds: 1.5 }, 'expiresInSeconds'],
    [{ ...claims, name: 'Kim' }, 'name'],
    [{}, 'tenant'],
  ])('%j is refused at %s', async (payload, path) => {
    const answer = await ask(payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { path: string }[] }>().errors.map((fault) => fault.path)).toContain(path);
  });

  it('end when they say', async () => {
    const answer = await ask({ ...claims, expiresInSeconds: 1 });
    const bearer = `Bearer ${answer.json<{ token: string }>().token}`;
    expect(await statusFor(http, bearer)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2_050));
    expect(await statusFor(http, bearer)).toBe(401);
  });

  it.each([
    [
      'another secret',
      () => sign({ ...claims, exp: hour() }, new TextEncoder().encode('another secret of 32 characters')),
    ],
    ['another algorithm', () => sign({ ...claims, exp: hour() }, key, 'HS512')],
    [
      'no algorithm',
      () => Promise.resolve(`${base64url.encode('{"alg":"none"}')}.${base64url.encode(JSON.stringify(claims))}.`),
    ],
    ['an end in the past', () => sign({ ...claims, exp: hour() - 7_200 })],
    ['a beginning in the future', () => sign({ ...claims, exp: hour(), nbf: hour() })],
    ['no tenant', () => sign({ sub, roles: ['coach'], exp: hour() })],
    ['a tenant of other characters', () => sign({ ...claims, tenant: 'a_b', exp: hour() })],
    ['no sub', () => sign({ tenant: 'acme', roles: ['coach'], exp: hour() })],
    ['a sub that is no UUID', () => sign({ ...claims, sub: 'me', exp: hour() })],
    ['no roles', () => sign({ ...claims, roles: [], exp: hour() })],
    ['an unknown role', () => sign({ ...claims, roles: ['coach', 'boss'], exp: hour() })],
    ['a role that is no list', () => sign({ ...claims, roles: 'coach', exp: hour() })],
  ])('with %s are refused', async (_what, made) => {
    expect(await statusFor(http, `Bearer ${await made()}`)).toBe(401);
  });

  it.each(['', 'Bearer', 'Bearer ', 'Bearer x', 'Bearer x.y.z', 'Basic a2ltOmtpbQ==', 'Bearer a b'])(
    '%j is no token',
    async (header) => {
      expect(await statusFor(http, header)).toBe(401);
    },
  );

  it('are taken whatever the case of "Bearer"', async () => {
    const token = await sign({ ...claims, exp: hour() });
    expect([await statusFor(http, `bearer ${token}`), await statusFor(http, `BEARER  ${token}`)]).toEqual([200, 200]);
  });

  it('are not written to the log', async () => {
    const token = await sign({ ...claims, exp: hour() });
    await statusFor(http, `Bearer ${token}`);
    await statusFor(http, `Bearer ${token}x`);
    expect(http.log.length).toBeGreaterThan(0);
    expect(http.log.join('')).not.toContain(token);
  });
});

describe('tokens of an identity provider', () => {
  const issuer = 'https://id.example.org';
  const audience = 'cairn';
  let provider: Server;
  let http: HttpApp;
  let pair: Awaited<ReturnType<typeof generateKeyPair>>;
  let isDown = false;

  beforeAll(async () => {
    pair = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
    provider = createServer((_request, response) => {
      response.writeHead(isDown ? 500 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: [jwk] }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => provider.once('listening', resolve));
    const jwksUrl = new URL(`http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`);
    http = await createHttpApp({ auth: { mode: 'jwks', issuer, audience, jwksUrl } });
  });

  afterAll(async () => {
    await http.close();
    provider.close();
  });

  const issued = (more: JWTPayload = {}, signedBy = pair.privateKey, kid = 'one') =>
    new SignJWT({ ...claims, iss: issuer, aud: audience, exp: hour(), ...more })
      .setProtectedHeader({ alg: 'ES256', kid })
      .sign(signedBy);

  it('can not be had while the provider is down, which is not the fault of the bearer', async () => {
    isDown = true;
    const answer = await http.inject({ method: 'GET', url, headers: { authorization: `Bearer ${await issued()}` } });
    isDown = false;
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
  });

  it('are checked with its keys', async () => {
    expect(await statusFor(http, `Bearer ${await issued()}`)).toBe(200);
    expect(await statusFor(http, `Bearer ${await issued({ aud: ['other', audience] })}`)).toBe(200);
  });

  it.each([
    ['another issuer', () => issued({ iss: 'https://evil.example.org' })],
    ['another audience', () => issued({ aud: 'other' })],
    ['an end in the past', () => issued({ exp: hour() - 7_200 })],
    ['a key of others', async () => issued({}, (await generateKeyPair('ES256')).privateKey)],
    ['a key that is not known', () => issued({}, pair.privateKey, 'two')],
    ['the secret of this server', () => sign({ ...claims, iss: issuer, aud: audience, exp: hour() })],
    ['no claims of ours', () => issued({ tenant: undefined })],
  ])('are refused with %s', async (_what, made) => {
    expect(await statusFor(http, `Bearer ${await made()}`)).toBe(401);
  });

  it('are the only ones: there are none for development', async () => {
    const answer = await http.inject({ method: 'POST', url: '/dev/tokens', payload: claims });
    expect(answer.statusCode).toBe(404);
  });
});
