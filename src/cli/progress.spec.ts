import { PassThrough } from 'node:stream';
import { howFar, withProgress } from './progress';

describe('progress', () => {
  it.each([
    [0, 4_000, 0, '0 of 4,000 (0 %)'],
    [1_000, 4_000, 10_000, '1,000 of 4,000 (25 %), about 30 s left'],
    [1_000, 4_000, 60_000, '1,000 of 4,000 (25 %), about 3 min left'],
    [1_000, 4_000, 3_600_000, '1,000 of 4,000 (25 %), about 3.0 h left'],
    [1_234, undefined, 1_000, '1,234'],
    [0, 0, 0, '0'],
  ])('%d of %s after %d ms reads %s', (at, total, elapsed, said) => {
    expect(howFar(at, total, elapsed)).toBe(said);
  });

  async function shown(isTTY: boolean, work: (forward: (by: number) => void) => Promise<number>): Promise<string> {
    const output = Object.assign(new PassThrough(), { isTTY });
    await withProgress('Copying', 10, work, (result) => `${result} copied`, output).catch(() => undefined);
    return String(output.read());
  }
  const work = (forward: (by: number) => void) => {
    forward(4);
    forward(6);
    return Promise.resolve(10);
  };

  it('is a line of what came of it where there is no terminal', async () => {
    expect(await shown(false, work)).toBe('Copying              10 copied\n');
  });

  it('is a bar on a terminal, which makes way for the line', async () => {
    const text = await shown(true, work);
    expect(text).toContain('of 10');
    expect(text.endsWith('Copying              10 copied\n')).toBe(true);
  });

  it('makes way for a failure too', async () => {
    const text = await shown(true, () => Promise.reject(new Error('no')));
    expect(text).toContain('of 10');
    expect(text).not.toContain('copied');
  });
});
