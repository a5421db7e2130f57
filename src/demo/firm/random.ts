/** Chance that can be repeated: the same seed gives the same choices, on every machine. */
export type Random = {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from `from` to `to`, both included. */
  readonly whole: (from: number, to: number) => number;
  /** True so often: 0 never, 1 always. */
  readonly chance: (probability: number) => boolean;
  /** @throws RangeError for an empty list */
  readonly pick: <T>(list: readonly T[]) => T;
  /** Picks by weight; the weights need not add up to anything. */
  readonly weighted: <T>(list: readonly (readonly [T, number])[]) => T;
  /** `count` different elements, or all when there are fewer, in random order. */
  readonly sample: <T>(list: readonly T[], count: number) => T[];
  /** Chance of its own for a part of the work, so that a change in one part leaves the others as they were. */
  readonly fork: (name: string) => Random;
};

/** Mulberry32 (Tommy Ettinger's generator, public domain), seeded by a hash of `seed`. */
export function createRandom(seed: string): Random {
  let state = hash(seed);

  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('There is nothing to pick from.');
    return list[whole(0, list.length - 1)] as T;
  };

  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick,
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      const chosen = list.find(([, weight]) => (left -= weight) < 0) ?? list.at(-1);
      if (!chosen) throw new RangeError('There is nothing to pick from.');
      return chosen[0];
    },
    sample: (list, count) => {
      const rest = [...list];
      const taken = Math.min(count, rest.length);
      for (let index = 0; index < taken; index += 1) {
        const other = whole(index, rest.length - 1);
        [rest[index], rest[other]] = [rest[other] as (typeof rest)[0], rest[index] as (typeof rest)[0]];
      }
      return rest.slice(0, taken);
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}
