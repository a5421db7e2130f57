import { PassThrough } from 'node:stream';
import { timeLeft, withProgress } from './progress';

describe('progress', () => {
  it.each([
    [null, 10_000, ''],
    [0, 10_000, ''],
    [0.25, 10_000, 'about 30 s left'],
    [0.25, 60_000, 'about 3 min left'],
    [0.25, 3_600_000, 'about 3.0 h left'],
    [1, 10_000, 'about 0 s left'],
    [1.2, 10_000, 'about 0 s left'],
  ])('of %s after %d ms leaves %j', (share, elapsed, said) => {
    expect(timeLeft(share, elapsed)).toBe(said);
  });

  it.each([
    [10, 'Copying              4 of 10, 40 %, about 15 s left\nCopying              10 copied\n'],
    [undefined, 'Copying              4\nCopying              10 copied\n'],
  ])('is a line now and then where there is no terminal, with a total of %s', async (total, said) => {
    const output = Object.assign(new PassThrough(), { isTTY: false });
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const slowly = (forward: (by: number) => void) => {
      now.mockReturnValue(10_000);
      forward(4);
      forward(6);
      return Promise.resolve(10);
    };
    await withProgress('Copying', total, slowly, (result) => `${result} copied`, output);
    now.mockRestore();
    expect(String(output.read())).toBe(said);
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
    expect(text).toContain('0 %');
    expect(text.endsWith('Copying              10 copied\n')).toBe(true);
  });

  it('makes way for a failure too', async () => {
    const text = await shown(true, () => Promise.reject(new Error('no')));
    expect(text).toContain('0 %');
    expect(text).not.toContain('copied');
  });
});
