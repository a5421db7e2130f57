/** The streams that Cairn's events are in; `$all` has others beside them, which are not ours. */
const KINDS = ['engagement-', 'participant-'];

/** How the port's streams are called on the server. */
export type StreamNames = {
  /** What the names of our streams begin with: the filter of subscriptions. */
  readonly prefixes: string[];
  /** @throws {RangeError} readers of the log would not be shown such a stream. */
  onServer(stream: string): string;
  /** The name in the port; null for a stream that isn't ours. */
  inPort(name: string): string | null;
  /** Where the log's id is kept. */
  readonly logId: string;
};

/** `prefix` comes before all names, so that several logs can live on one server. */
export function createStreamNames(prefix: string): StreamNames {
  const prefixes = KINDS.map((kind) => prefix + kind);
  return {
    prefixes,
    onServer: (stream) => {
      if (KINDS.some((kind) => stream.startsWith(kind))) return prefix + stream;
      throw new RangeError(`The log has no streams like ${stream}: they begin with ${KINDS.join(' or ')}`);
    },
    inPort: (name) => (prefixes.some((start) => name.startsWith(start)) ? name.slice(prefix.length) : null),
    logId: `${prefix}cairn-log`,
  };
}
