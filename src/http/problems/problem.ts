import type { Fault } from '../fields/bind';
import { type ProblemCode, problemCodes } from './codes';

export const PROBLEM_TYPE = 'application/problem+json';

/** RFC 9457 problem details, as they go out. */
export type ProblemDetails = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Says what to do. */
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors: readonly Fault[];
  /** The rule of the domain that refuses; left out when none does. */
  readonly rule?: number;
};

type More = {
  readonly errors?: readonly Fault[];
  readonly rule?: number | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where HTTP has a finer status than the code's. */
  readonly status?: number;
};

/** Ends a request with problem details. */
export class Problem extends Error {
  readonly details: ProblemDetails;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, more: More = {}) {
    super(detail);
    this.name = 'Problem';
    const { status, title } = problemCodes[code];
    this.headers = more.headers ?? {};
    this.details = {
      type: `urn:cairn:problem:${code}`,
      title,
      status: more.status ?? status,
      detail,
      code,
      errors: more.errors ?? [],
      ...(typeof more.rule === 'number' ? { rule: more.rule } : {}),
    };
  }
}

/** 400 for what the request alone shows to be wrong; `faults` must not be empty. */
export function invalidRequest(faults: readonly Fault[]): Problem {
  const [first] = faults;
  const what = first ? `${first.path === '' ? 'The request' : first.path} ${first.message}` : 'It is malformed';
  const others =
    faults.length > 1 ? ` There is more to correct: ${faults.length} faults in all, listed in errors.` : '';
  return new Problem('invalid-request', `${what}.${others}`, { errors: faults });
}
