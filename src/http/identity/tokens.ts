import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../access/caller';
import type { AuthSettings } from '../../platform/settings';
import { Problem } from '../problems/problem';
import { callerIn, type DevTokenBody, unauthenticated } from './claims';

/** The caller of a token. The promise rejects with 401, or 503 when the identity provider's keys can't be had. */
export type VerifyToken = (token: string) => Promise<Caller>;

const MOST_TOKENS = 10_000;
/** A key that the identity provider withdraws is trusted for this long at most. */
const TRUST_MS = 60_000;
const ASYMMETRIC = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Verified tokens are remembered until they expire, for a minute at most: verifying costs more than most commands. */
export function createTokenVerifier(auth: AuthSettings, secret: string): VerifyToken {
  const payloadOf = auth.mode === 'dev' ? devTokens(secret) : issuedTokens(auth);
  const verified = new LRUCache<string, Caller>({ max: MOST_TOKENS });
  return async (token) => {
    const known = verified.get(token);
    if (known) return known;
    const payload = await payloadOf(token);
    const caller = callerIn(payload);
    const ttl = Math.min(TRUST_MS, payload.exp === undefined ? TRUST_MS : payload.exp * 1_000 - Date.now());
    if (ttl >= 1) verified.set(token, caller, { ttl: Math.floor(ttl) });
    return caller;
  };
}

/** A token for development, which anyone may ask for. Its life is by the machine's clock. */
export async function signDevToken(claims: DevTokenBody, secret: string): Promise<string> {
  const { tenant, sub, roles, expiresInSeconds } = claims;
  const issuedAt = Math.floor(Date.now() / 1_000);
  return new SignJWT({ tenant, roles })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + expiresInSeconds)
    .sign(new TextEncoder().encode(secret));
}

function devTokens(secret: string): (token: string) => Promise<JWTPayload> {
  const key = new TextEncoder().encode(secret);
  return async (token) => {
    try {
      return (await jwtVerify(token, key, { algorithms: ['HS256'] })).payload;
    } catch (error) {
      throw refusal(error);
    }
  };
}

function issuedTokens(auth: Extract<AuthSettings, { mode: 'jwks' }>): (token: string) => Promise<JWTPayload> {
  const { issuer, audience, jwksUrl } = auth;
  const keys = createRemoteJWKSet(jwksUrl, { timeoutDuration: 5_000 });
  const options = { issuer, audience, algorithms: ASYMMETRIC, clockTolerance: 5 };
  return async (token) => {
    try {
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      throw refusal(error);
    }
  };
}

/** What is wrong with a token is for the sender; keys that can't be had are not their fault. */
function refusal(error: unknown): Problem {
  if (error instanceof errors.JWTExpired) return unauthenticated('The token has expired: get a new one.');
  const isKeyFault = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
  if (error instanceof errors.JOSEError && !isKeyFault && error.code !== 'ERR_JOSE_GENERIC') {
    return unauthenticated('The token is not valid here: its form, signature, issuer or audience is another.');
  }
  const problem = new Problem(
    'store-unavailable',
    "The identity provider's keys can't be had: try again in a moment.",
    {
      headers: { 'Retry-After': '5' },
    },
  );
  problem.cause = error;
  return problem;
}
