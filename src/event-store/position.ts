import type { Position } from './event-store';

/** Below zero when `a` comes before `b` in the log, above zero when after, 0 when they are the same place. */
export function comparePositions(a: Position, b: Position): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
}

/** The opaque text of a position, as in `Event-Position`. */
export function formatPosition(position: Position): string {
  return `${position.commit}.${position.prepare}`;
}

/** Reads what `formatPosition` wrote; null when the text is no position. */
export function parsePosition(text: string): Position | null {
  const match = /^(\d{1,40})\.(\d{1,40})$/.exec(text);
  return match ? { commit: BigInt(match[1] ?? 0), prepare: BigInt(match[2] ?? 0) } : null;
}
