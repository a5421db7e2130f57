/** What an append expects of its stream: nothing, that it is new, that there is one, or its last revision. */
export type Expected = 'any' | 'no-stream' | 'stream-exists' | bigint;

/** The numbers that the server uses for them where it answers with text. */
export const UNARY_NAMES = { any: -2n, 'no-stream': -1n, 'stream-exists': -4n } as const;

/** The four fields that every request with an expectation has, by one name or the other. */
export type ExpectationFields = {
  readonly revision: string | undefined;
  readonly noStream: boolean;
  readonly any: boolean;
  readonly streamExists: boolean;
};

export function expectationOf(fields: ExpectationFields): Expected | undefined {
  if (fields.revision !== undefined) return BigInt(fields.revision);
  if (fields.noStream) return 'no-stream';
  if (fields.any) return 'any';
  return fields.streamExists ? 'stream-exists' : undefined;
}
