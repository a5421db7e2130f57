/** Chance that comes out the same for the same seed. */
export type Random = {
  /** A whole number from 0 to below `limit`. */
  readonly below: (limit: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(of: readonly T[]) => T;
  readonly shuffle: <T>(of: readonly T[]) => readonly T[];
  readonly hex: (digits: number) => string;
  readonly uuid: () => string;
  readonly word: () => string;
};

const WORDS = [
  'walk',
  'dog',
  'mentor',
  'portfolio',
  'certificate',
  'speech',
  'network',
  'interview',
  'garden',
  'paper',
];

export function createRandom(seed: number): Random {
  // mulberry32
  let state = (seed * 0x9e3779b9) >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(fraction() * limit);
  const pick = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  const hex = (digits: number): string => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  return {
    below,
    chance: (share) => fraction() < share,
    pick,
    shuffle: (of) =>
      of
        .map((value) => ({ value, place: fraction() }))
        .sort((a, b) => a.place - b.place)
        .map(({ value }) => value),
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    word: () => Array.from({ length: 2 + below(4) }, () => pick(WORDS)).join(' '),
  };
}
