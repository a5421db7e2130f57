import { jsonEvent, type EventLog } from './event-log';

/** What the server writes into a new log before anyone else does; `$all` hides the first. */
const AT_THE_START: readonly (readonly [stream: string, type: string, data: string])[] = [
  ['$epoch-information', '$epoch-information', '{"EpochPosition":0,"EpochNumber":0}'],
  ['$$$scavenges', '$metadata', '{"$maxAge":2592000,"$acl":{"$r":"$ops","$w":[],"$d":[],"$mr":[],"$mw":[]}}'],
];

export function writeServerEvents(log: EventLog): void {
  for (const [stream, type, data] of AT_THE_START) log.append(stream, 'any', [jsonEvent(type, data)]);
}

/** Statistics, as the server writes them by and by: a filter has something to pass over. */
export function writeNoise(log: EventLog, count: number): void {
  for (let left = count; left > 0; left -= 1) {
    log.append('$stats-127.0.0.1:2113', 'any', [jsonEvent('$statsCollected', '{"proc-cpu":0}')]);
  }
}
