import type { Caller } from '../../access/caller';
import type { Role } from '../../engagement/values';
import { Is } from '../fields/dto';
import { field, list } from '../fields/field';
import { integer, oneOf, uuid } from '../fields/kinds';
import { bind } from '../fields/bind';
import { Problem } from '../problems/problem';

const tenant = field(
  { type: 'string', pattern: '^[a-z0-9-]{1,63}$', example: 'acme' },
  '1 to 63 of the characters a-z, 0-9 and -',
  (value) => typeof value === 'string' && /^[a-z0-9-]{1,63}$/.test(value),
);
const roles = list(oneOf('client', 'coach', 'sponsor', 'supervisor', 'auditor', 'admin'), {
  from: 1,
  to: 20,
  example: ['coach'],
});

/** What a token says about its bearer. */
class IdentityClaims {
  @Is(tenant)
  tenant!: string;

  /** The participant's id. */
  @Is(uuid)
  sub!: string;

  @Is(roles)
  roles!: readonly Role[];
}

export class DevTokenBody extends IdentityClaims {
  /** An hour when absent. */
  @Is(integer(1, 10 * 365 * 86_400), { optional: true, otherwise: 3_600, example: 3_600 })
  expiresInSeconds!: number;
}

/** The caller whom a token's claims name. @throws {Problem} 401 when they name none */
export function callerIn({ tenant: tenantId, sub, roles: claimed }: object & Partial<Record<string, unknown>>): Caller {
  const bound = bind(IdentityClaims, { tenant: tenantId, sub, roles: claimed });
  if ('faults' in bound) {
    const what = bound.faults.map(({ path, message }) => `${path} ${message}`).join('; ');
    throw unauthenticated(`The token does not name a caller: ${what}.`);
  }
  const { value } = bound;
  return { tenantId: value.tenant, id: value.sub, roles: [...new Set(value.roles)] };
}

/** 401. `tokenGiven`: a token was given, and is the fault. */
export function unauthenticated(detail: string, tokenGiven = true): Problem {
  const challenge = tokenGiven ? 'Bearer error="invalid_token"' : 'Bearer';
  return new Problem('unauthenticated', detail, { headers: { 'WWW-Authenticate': challenge } });
}
