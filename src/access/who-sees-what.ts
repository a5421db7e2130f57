import type { Disclosable, Role } from '../engagement/values';

/**
 * How much of an answer one sees:
 * - `all`
 * - `disclosed`: what the client's consent discloses
 * - `redacted`: without personal text
 * - `counts`: parties, state, dates and counts
 * - `no`: nothing; the answer is refused
 */
export type View = 'all' | 'disclosed' | 'redacted' | 'counts';
type Cell = View | 'no' | { readonly if: Disclosable };
type Row = Readonly<Record<Role, Cell>>;

/** What one can ask about an engagement. */
export type Subject =
  | 'overview'
  | 'plan'
  | 'progress'
  | 'check-ins'
  | 'barriers'
  | 'resources'
  | 'brief'
  | 'notes'
  | 'audit'
  | 'disclosures'
  | 'notifications';

/** The contract's table "Who sees what, path by path"; what is disclosed in part is one cell with the consent it needs. */
export const whoSeesWhat: Readonly<Record<Subject, Row>> = {
  overview: row('all', 'all', 'disclosed', 'all', 'redacted', 'counts'),
  plan: row('all', 'all', { if: 'goals' }, 'all', 'redacted', 'no'),
  progress: row('all', 'all', { if: 'progress' }, 'all', 'all', 'no'),
  'check-ins': row('all', 'all', { if: 'attendance' }, 'all', 'redacted', 'no'),
  barriers: row('all', 'all', 'no', 'all', 'redacted', 'no'),
  resources: row('all', 'all', 'no', 'all', 'redacted', 'no'),
  brief: row('all', 'all', 'no', 'all', 'no', 'no'),
  notes: row('all', 'all', 'no', 'all', 'redacted', 'no'),
  audit: row('all', 'all', 'no', 'no', 'redacted', 'no'),
  disclosures: row('all', 'no', 'no', 'no', 'all', 'no'),
  notifications: row('all', 'all', 'no', 'no', 'redacted', 'no'),
};

/** A person with several roles sees as the first of them that may see it: a party's role comes before staff's. */
export const precedence: readonly Role[] = ['client', 'coach', 'sponsor', 'supervisor', 'auditor', 'admin'];

function row(client: Cell, coach: Cell, sponsor: Cell, supervisor: Cell, auditor: Cell, admin: Cell): Row {
  return { client, coach, sponsor, supervisor, auditor, admin };
}
