/** A value, or the clause that says what was expected instead. */
type Parsed<T> = { readonly value: T } | { readonly expected: string };
export type Parser<T> = (text: string) => Parsed<T>;

export const anyText: Parser<string> = (text) => ({ value: text });

export function wholeNumber(from: number, to: number): Parser<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= from && value <= to
      ? { value }
      : { expected: `expected a whole number from ${from} to ${to}, not ${quoted(text)}` };
  };
}

export function oneOf<const T extends string>(allowed: readonly T[]): Parser<T> {
  return (text) => {
    const value = allowed.find((candidate) => candidate === text);
    return value === undefined ? { expected: `expected ${choice(allowed)}, not ${quoted(text)}` } : { value };
  };
}

export const host: Parser<string> = (text) =>
  /^[\w.:%-]+$/.test(text)
    ? { value: text }
    : { expected: `expected an address or a host name such as 127.0.0.1, not ${quoted(text)}` };

export const secret: Parser<string> = (text) =>
  text.length >= 16 ? { value: text } : { expected: 'expected at least 16 characters' };

export const rateLimit: Parser<number | undefined> = (text) => {
  if (text === 'off') return { value: undefined };
  const parsed = wholeNumber(1, 1_000_000)(text);
  return 'value' in parsed ? parsed : { expected: `expected off or requests a minute from 1, not ${quoted(text)}` };
};

/** Its value is never shown, since it may hold a password. */
export const databaseUrl: Parser<string> = address(
  ['postgres:', 'postgresql:'],
  'expected an address like postgres://user:password@host:5432/database',
);

/** Its value is never shown, as above. */
export const eventStoreDbUrl: Parser<string> = address(
  ['esdb:', 'esdb+discover:', 'kurrentdb:', 'kurrentdb+discover:', 'kurrent:', 'kurrent+discover:'],
  'expected an address like esdb://user:password@host:2113?tls=true, or esdb+discover:// with the name of a cluster',
);

/** Several nodes may follow one another, as in `redis+sentinel://a:26379,b:26379/name`. Never shown, as above. */
export const redisUrl: Parser<string> = (text) =>
  /^(rediss?|redis\+sentinel|rediss\+sentinel|redis\+cluster|rediss\+cluster):\/\/\S+$/.test(text)
    ? { value: text }
    : {
        expected:
          'expected an address like redis://user:password@host:6379/0, rediss:// for TLS, ' +
          'redis+sentinel://host:26379,host:26379/name or redis+cluster://host:6379,host:6379',
      };

/** Its value is never shown, as above. */
export const smtpUrl: Parser<string> = address(
  ['smtp:', 'smtps:'],
  'expected an address like smtp://user:password@host:587, or smtps:// for TLS from the start',
);

export const mailSender: Parser<string> = (text) =>
  /^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(text)
    ? { value: text }
    : { expected: `expected a sender such as Cairn <cairn@example.org>, not ${quoted(text)}` };

export const publicUrl: Parser<string> = (text) => {
  const parsed = webAddress(text);
  return 'value' in parsed ? { value: parsed.value.href.replace(/\/+$/, '') } : parsed;
};

export const trueOrFalse: Parser<boolean> = (text) => {
  const parsed = oneOf(['true', 'false'] as const)(text);
  return 'value' in parsed ? { value: parsed.value === 'true' } : parsed;
};

export const webAddress: Parser<URL> = (text) =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
    ? { value: new URL(text) }
    : { expected: `expected an http or https address, not ${quoted(text)}` };

/** Its value is never shown, as above. */
export const collectorUrl: Parser<URL> = (text) =>
  'value' in webAddress(text)
    ? { value: new URL(text) }
    : { expected: 'expected the address of an OTLP collector over HTTP like http://host:4318' };

const HEADER = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*([ -~]*?)\s*$/;

/** Headers as OpenTelemetry writes them, percent-encoded where needed; their values are never shown. */
export const headerList: Parser<Readonly<Record<string, string>>> = (text) => {
  try {
    const headers = text.split(',').map((part): readonly [string, string] => {
      const [, name, value] = HEADER.exec(part) ?? [];
      if (name === undefined || value === undefined) throw new URIError(part);
      return [name, decodeURIComponent(value)];
    });
    return { value: Object.fromEntries(headers) };
  } catch {
    return { expected: 'expected headers like name=value,other=value, with a comma written %2C' };
  }
};

export const timeZone: Parser<string> = (text) => {
  const expected = `expected an IANA time zone such as Europe/Berlin or UTC, not ${quoted(text)}`;
  try {
    const { timeZone: value } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    // Offsets such as +02:00 pass too, but Postgres reads their sign the other way round.
    return /^[+-]/.test(value) ? { expected } : { value: text };
  } catch {
    return { expected };
  }
};

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function choice(allowed: readonly string[]): string {
  return allowed.length < 2 ? allowed.join('') : `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1) ?? ''}`;
}

function address(protocols: readonly string[], expected: string): Parser<string> {
  // Several hosts in a row, as clusters have them, are no address to URL; the first one must be.
  return (text) => {
    const first = text.replace(/,[^/?#]*/, '');
    return URL.canParse(first) && protocols.includes(new URL(first).protocol) ? { value: text } : { expected };
  };
}
