import type { Disclosable, Role } from '../engagement/values';
import type { Caller } from './caller';
import { caseloadRole, scopeOf, analystRole } from './scope';
import { isRecorded, mayKnowOfNote, type Parties, reasonRefused, viewerFor } from './viewer';
import type { Subject } from './who-sees-what';

const caller = (id: string, ...roles: Role[]): Caller => ({ tenantId: 'firm', id, roles });
const parties = (...discloses: Disclosable[]): Parties => ({
  clientId: 'cl',
  coachId: 'co',
  sponsorId: 'sp',
  discloses,
  consentEventId: 'consent',
});

/** `view` as `role`, or the code of the refusal. */
function seen(subject: Subject, who: Caller, of: Parties | null = parties()): string {
  const outcome = viewerFor(subject, who, of);
  return 'refused' in outcome ? outcome.refused : `${outcome.view} as ${outcome.role}`;
}

const people = {
  client: caller('cl', 'client'),
  coach: caller('co', 'coach'),
  sponsor: caller('sp', 'sponsor'),
  supervisor: caller('x1', 'supervisor'),
  auditor: caller('x2', 'auditor'),
  admin: caller('x3', 'admin'),
};

describe('who sees what', () => {
  const table: [Subject, string][] = [
    ['overview', 'all all disclosed all redacted counts'],
    ['plan', 'all all forbidden all redacted forbidden'],
    ['progress', 'all all forbidden all all forbidden'],
    ['check-ins', 'all all forbidden all redacted forbidden'],
    ['barriers', 'all all forbidden all redacted forbidden'],
    ['resources', 'all all forbidden all redacted forbidden'],
    ['brief', 'all all forbidden all forbidden forbidden'],
    ['notes', 'all all forbidden all redacted forbidden'],
    ['audit', 'all all forbidden forbidden redacted forbidden'],
    ['disclosures', 'all forbidden forbidden forbidden all forbidden'],
  ];
  it.each(table)('%s: %s, when nothing is disclosed', (subject, expected) => {
    const views = Object.values(people).map((who) => seen(subject, who).split(' as ')[0]);
    expect(views.join(' ')).toBe(expected);
  });

  const consents: [Subject, Disclosable][] = [
    ['plan', 'goals'],
    ['progress', 'progress'],
    ['check-ins', 'attendance'],
  ];
  it.each(consents)('shows the %s to a sponsor with the consent to %s alone', (subject, needed) => {
    for (const one of ['goals', 'progress', 'attendance'] as const) {
      expect(seen(subject, people.sponsor, parties(one))).toBe(one === needed ? 'disclosed as sponsor' : 'forbidden');
    }
  });

  it('says under which signature a sponsor sees it, and for nobody else', () => {
    expect(viewerFor('plan', people.sponsor, parties('goals'))).toMatchObject({
      consentEventId: 'consent',
      discloses: ['goals'],
    });
    expect(viewerFor('plan', people.supervisor, parties('goals'))).toMatchObject({ consentEventId: null });
  });

  it('is not found for strangers, and for a party whose token lacks the role', () => {
    expect(seen('overview', caller('stranger', 'client', 'coach', 'sponsor'))).toBe('not-found');
    expect(seen('overview', caller('co', 'client'))).toBe('not-found');
    expect(seen('overview', caller('former coach', 'coach'))).toBe('not-found');
    expect(seen('overview', people.admin, null)).toBe('not-found');
  });

  it("takes a party's role before staff's, and the next role where the first sees nothing", () => {
    expect(seen('overview', caller('co', 'admin', 'coach'))).toBe('all as coach');
    expect(seen('plan', caller('sp', 'auditor', 'sponsor'))).toBe('redacted as auditor');
    expect(seen('disclosures', caller('co', 'coach', 'auditor'))).toBe('all as auditor');
    expect(seen('audit', caller('x', 'admin', 'supervisor'))).toBe('forbidden');
  });
});

describe('the reason of a supervisor', () => {
  it('has 10 to 500 characters, and is asked of nobody else', () => {
    expect(reasonRefused('supervisor', null)).toMatchObject({ refused: 'reason-required' });
    expect(reasonRefused('supervisor', 'too short')).toMatchObject({ refused: 'reason-required' });
    expect(reasonRefused('supervisor', 'x'.repeat(501))).toMatchObject({ refused: 'reason-required' });
    expect(reasonRefused('supervisor', 'x'.repeat(10))).toBeNull();
    expect(reasonRefused('supervisor', 'x'.repeat(500))).toBeNull();
    expect(reasonRefused('auditor', null)).toBeNull();
  });
});

describe('notes', () => {
  const note = { visibility: 'coach-private' as const, author: 'co' };
  const known = (role: Role, id: string, visibility: 'coach-private' | 'shared') =>
    mayKnowOfNote({ role, id }, { ...note, visibility });
  it('that are private are known to their author and to auditors', () => {
    const roles = ['client', 'coach', 'sponsor', 'supervisor', 'auditor', 'admin'] as const;
    expect(roles.filter((role) => known(role, 'co', 'coach-private'))).toEqual(['coach', 'auditor']);
    expect(known('coach', 'the new coach', 'coach-private')).toBe(false);
    expect(roles.filter((role) => known(role, 'x', 'shared'))).toEqual(['client', 'coach', 'supervisor', 'auditor']);
  });
});

describe('what is recorded', () => {
  it('is what sponsors, supervisors and auditors are shown', () => {
    const roles = ['client', 'coach', 'sponsor', 'supervisor', 'auditor', 'admin'] as const;
    expect(roles.filter(isRecorded)).toEqual(['sponsor', 'supervisor', 'auditor']);
  });
});

describe('lists over many engagements', () => {
  it('show the engagements in which the caller is a party, and all to staff', () => {
    expect(scopeOf(caller('me', 'coach', 'sponsor'))).toEqual({
      asClient: null,
      asCoach: 'me',
      asSponsor: 'me',
      asStaff: null,
    });
    expect(scopeOf(caller('me', 'admin', 'supervisor')).asStaff).toBe('supervisor');
  });

  it('give a caseload to its coach, and to supervisors and admins', () => {
    expect(caseloadRole(people.coach, 'co')).toBe('coach');
    expect(caseloadRole(people.coach, 'another')).toBeNull();
    expect(caseloadRole(people.supervisor, 'co')).toBe('supervisor');
    expect(caseloadRole(people.admin, 'co')).toBe('admin');
    expect(caseloadRole(people.auditor, 'co')).toBeNull();
    expect(caseloadRole(people.client, 'cl')).toBeNull();
  });

  it('give numbers to everyone but clients', () => {
    expect(analystRole(people.client)).toBeNull();
    expect(analystRole(caller('me', 'supervisor', 'coach'))).toBe('coach');
    expect(analystRole(people.auditor)).toBe('auditor');
  });
});
