import { HttpException } from '@nestjs/common';
import { Refused } from '../../application/refused';
import { type ProblemCode, problemCodes } from './codes';
import { invalidRequest, Problem } from './problem';

/** Seconds after which another try makes sense; for an unreadable event someone must have done something by then. */
const RETRY_AFTER = { 'Retry-After': '1' };
const RETRY_LATER = { 'Retry-After': '60' };
const UNAVAILABLE = 'The store cannot be reached at the moment: send the same request again in a moment.';
const NOT_APPENDED =
  'The log cannot be reached at the moment, and nothing was appended to it: send the same request again in a moment.';
const UNKNOWN_OUTCOME =
  'Whether the command was carried out is not known: send it again with the same Idempotency-Key to find out. ' +
  'Where it had none, look first whether its effect is there.';
const UNREADABLE =
  'Nothing was appended. Whoever runs this server should bring it to a release that knows the event, or look into where ' +
  'the event comes from; until then what is recorded in its stream takes no commands.';
const TOO_LARGE = 'What the command would record is larger than the log takes at once: send less at once.';

/** What the refusals of Nest and Fastify mean here, by their status. */
const codeOfStatus: Readonly<Partial<Record<number, ProblemCode>>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** The problem that an error is to the sender. What is none of theirs is an internal error, which says nothing. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refused) return refusal(error);
  const status = statusOf(error);
  if (status !== null && status < 500) return refusedByFramework(error, status);
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return (
    ofTheLog(name, message) ??
    (isConnectionFailure(error, message) ? unavailable(UNAVAILABLE) : undefined) ??
    new Problem('internal-error', 'The request could not be answered. The X-Request-Id finds the cause in the log.')
  );
}

/** The errors of the event store port, which this room knows by their names only. */
function ofTheLog(name: string, message: string): Problem | undefined {
  switch (name) {
    case 'AppendOutcomeUnknown':
      return unavailable(UNKNOWN_OUTCOME);
    case 'EventStoreUnavailable':
      return unavailable(NOT_APPENDED);
    case 'UnreadableEvent':
      return unavailable(`${message} ${UNREADABLE}`, RETRY_LATER);
    case 'AppendTooLarge':
      return new Problem('body-too-large', TOO_LARGE);
    default:
      return undefined;
  }
}

function unavailable(detail: string, headers = RETRY_AFTER): Problem {
  return new Problem('store-unavailable', detail, { headers });
}

function refusal({ code, detail, more }: Refused): Problem {
  const errors = typeof more.path === 'string' ? [{ path: more.path, message: detail }] : [];
  const headers = problemCodes[code].status === 503 ? RETRY_AFTER : {};
  return new Problem(code, detail, { errors, rule: more.rule ?? null, headers });
}

function refusedByFramework(error: unknown, status: number): Problem {
  const message = error instanceof Error ? error.message : 'It is malformed';
  const code = codeOfStatus[status];
  if (code !== undefined) return new Problem(code, message);
  return new Problem('invalid-request', invalidRequest([{ path: '', message: `is malformed: ${message}` }]).message, {
    status,
  });
}

/** Nest's, Fastify's and Node's errors carry their status; so may what libraries throw. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || error.name !== 'FastifyError') return null;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null;
}

const SOCKET_CODES = ['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'];
/** SQLSTATE classes: connection, insufficient resources, operator intervention, and the codes of a closing server. */
const STATE_CLASSES = ['08', '53', '57P', '25P03'];
/** What the driver says without a code. */
const MESSAGES = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

/** Whether the database could not be reached, or went away. */
function isConnectionFailure(error: unknown, message: string): boolean {
  if (MESSAGES.test(message)) return true;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return false;
  return SOCKET_CODES.includes(code) || STATE_CLASSES.some((prefix) => code.startsWith(prefix));
}
