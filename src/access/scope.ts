import type { Id, Role } from '../engagement/values';
import type { Caller } from './caller';
import { isStaff } from './viewer';
import { precedence } from './who-sees-what';

/** Which engagements of the tenant a list may show: those in which the caller is a party, or all to staff. */
export type Scope = {
  readonly asClient: Id | null;
  readonly asCoach: Id | null;
  readonly asSponsor: Id | null;
  /** The role that sees all of them. */
  readonly asStaff: Role | null;
};

export function scopeOf({ id, roles }: Caller): Scope {
  const as = (role: Role): Id | null => (roles.includes(role) ? id : null);
  return {
    asClient: as('client'),
    asCoach: as('coach'),
    asSponsor: as('sponsor'),
    asStaff: precedence.find((role) => isStaff(role) && roles.includes(role)) ?? null,
  };
}

/** As whom the caller sees numbers over many people: a coach their own caseload, a sponsor large enough groups. */
export function analystRole({ roles }: Caller): Exclude<Role, 'client'> | null {
  return (['coach', 'sponsor', 'supervisor', 'auditor', 'admin'] as const).find((role) => roles.includes(role)) ?? null;
}

/** As whom the caller sees the caseload of the coach: one's own, or another's as supervisor or admin. */
export function caseloadRole({ id, roles }: Caller, coachId: Id): 'coach' | 'supervisor' | 'admin' | null {
  if (roles.includes('coach') && id === coachId) return 'coach';
  return (['supervisor', 'admin'] as const).find((role) => roles.includes(role)) ?? null;
}
