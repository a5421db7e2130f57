import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './settings';

export type { Logger } from 'pino';

/**
 * One JSON line for each entry, on standard output unless told otherwise. What proves an identity never gets there.
 * @param fields what every line says besides, asked for as it is written
 */
export function createLogger(level: LogLevel, destination?: DestinationStream, fields?: () => object): Logger {
  const options = {
    level,
    base: null,
    ...(fields ? { mixin: fields } : {}),
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: ['req.headers.authorization', 'headers.authorization', 'authorization', 'token', 'secret'],
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What Nest tells of its own assembly: a line for each module and route, and a failure that its caller is told too. */
const ASSEMBLY = new Set(['NestFactory', 'NestApplication', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** Nest's logger over pino. The last of the optional parameters is the context, as Nest passes it. */
export function nestLogger(logger: Logger): LoggerService {
  const at =
    (level: 'trace' | 'debug' | 'info' | 'warn' | 'fatal') =>
    (message: unknown, ...rest: unknown[]): void => {
      const context = rest.at(-1);
      const chosen = level === 'info' && typeof context === 'string' && ASSEMBLY.has(context) ? 'debug' : level;
      logger[chosen](fields(message, context), text(message));
    };
  return {
    verbose: at('trace'),
    debug: at('debug'),
    log: at('info'),
    warn: at('warn'),
    fatal: at('fatal'),
    // Nest passes the stack before the context.
    error: (message: unknown, ...rest: unknown[]): void => {
      const context = rest.at(-1);
      const stack = rest.length > 1 ? rest[0] : undefined;
      const chosen = typeof context === 'string' && ASSEMBLY.has(context) ? 'debug' : 'error';
      logger[chosen]({ ...fields(message, context), ...(typeof stack === 'string' ? { stack } : {}) }, text(message));
    },
  };
}

function fields(message: unknown, context: unknown): object {
  return {
    ...(typeof context === 'string' ? { context } : {}),
    ...(message instanceof Error ? { err: message } : {}),
    ...(typeof message !== 'string' && !(message instanceof Error) ? { details: message } : {}),
  };
}

function text(message: unknown): string | undefined {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : undefined;
}
