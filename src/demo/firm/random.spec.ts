import { createRandom } from './random';

const draws = (seed: string): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: 50 }, () => random.next());
};

describe('chance that can be repeated', () => {
  it('gives the same for the same seed, and something else for another', () => {
    expect(draws('a')).toEqual(draws('a'));
    expect(draws('a')).not.toEqual(draws('b'));
  });

  it('keeps to its ranges and reaches both ends', () => {
    const random = createRandom('ranges');
    const drawn = new Set(Array.from({ length: 200 }, () => random.whole(2, 4)));
    expect([...drawn].sort()).toEqual([2, 3, 4]);
  });

  it('never picks what has no weight, and samples without repeating', () => {
    const random = createRandom('weights');
    const picked = Array.from({ length: 100 }, () => random.weighted([['never', 0] as const, ['always', 1] as const]));
    expect(new Set(picked)).toEqual(new Set(['always']));
    expect(random.sample([1, 2, 3], 5).sort()).toEqual([1, 2, 3]);
  });

  it('forks into chances that do not depend on what was drawn before', () => {
    const used = createRandom('parent');
    used.next();
    expect(used.fork('child').next()).toBe(createRandom('parent').fork('child').next());
  });
});
