import type { RefusalCode, RuleNumber } from '../engagement/decision';

/** The codes of refusals that come from elsewhere than the domain. */
export type ApplicationRefusalCode =
  | RefusalCode
  | 'invalid-request'
  | 'reason-required'
  | 'revision-stale'
  | 'idempotency-mismatch'
  | 'not-yet-projected'
  | 'store-unavailable';

/** A command or query that is not carried out. Handlers throw it; HTTP answers it as a problem. */
export class Refused extends Error {
  constructor(
    readonly code: ApplicationRefusalCode,
    /** A sentence that says what to do. */
    readonly detail: string,
    readonly more: { readonly rule?: RuleNumber | null; readonly path?: string | null } = {},
  ) {
    super(detail);
    this.name = 'Refused';
  }
}
