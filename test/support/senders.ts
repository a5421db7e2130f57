import { randomUUID } from 'node:crypto';
import type { Case } from './builders';
import type { Caller, TestCairn } from './cairn';

/** Who might send a command to an engagement: C client, K coach, S sponsor, A admin, and those of whom none may. */
export const senders: Readonly<Record<string, (cairn: TestCairn, on: Case) => Caller>> = {
  C: (_, on) => on.client,
  K: (_, on) => on.coach,
  S: (_, on) => on.sponsor,
  A: (cairn) => cairn.as('admin', randomUUID()),
  supervisor: (cairn) => cairn.as('supervisor', randomUUID()),
  auditor: (cairn) => cairn.as('auditor', randomUUID()),
};

/** To these the engagement does not exist. */
export const strangers: typeof senders = {
  'another client': (cairn) => cairn.as('client', randomUUID()),
  'another coach': (cairn) => cairn.as('coach', randomUUID()),
  'another sponsor': (cairn) => cairn.as('sponsor', randomUUID()),
  'the coach without the role': (cairn, on) => cairn.as('client', on.coach.id),
  'the client in another role': (cairn, on) => cairn.as('coach', on.client.id),
  'the coach in another tenant': (cairn, on) => cairn.as('coach', on.coach.id, 'elsewhere'),
  'an admin of another tenant': (cairn) => cairn.as('admin', randomUUID(), 'elsewhere'),
};

export function callerOf(cairn: TestCairn, on: Case, letter: string): Caller {
  return senders[letter]!(cairn, on);
}
