import { createLogger, nestLogger } from './logging';

describe('logging', () => {
  let lines: Record<string, unknown>[];
  const destination = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) };
  beforeEach(() => (lines = []));

  it('writes one JSON line for each entry, with the instant and the level in words', () => {
    createLogger('info', destination).info({ port: 3000 }, 'ready');
    expect(lines).toEqual([{ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), port: 3000, msg: 'ready' }]);
  });

  it('keeps what proves an identity out', () => {
    createLogger('info', destination).info({ req: { headers: { authorization: 'Bearer abc' } }, token: 'abc' });
    expect(JSON.stringify(lines)).not.toContain('abc');
  });

  it('takes what Nest says, with its context, and its assembly only when debugging', () => {
    const nest = nestLogger(createLogger('info', destination));
    nest.log('Mapped {/v1/engagements, POST} route', 'RouterExplorer');
    nest.log('hello', 'Greeter');
    nest.warn('careful');
    nest.error('it failed', 'Error: it failed\n    at once', 'Greeter');
    nest.error(new Error('thrown'), 'Greeter');
    expect(lines).toMatchObject([
      { level: 'info', context: 'Greeter', msg: 'hello' },
      { level: 'warn', msg: 'careful' },
      { level: 'error', context: 'Greeter', stack: expect.stringContaining('at once'), msg: 'it failed' },
      { level: 'error', context: 'Greeter', err: { message: 'thrown' }, msg: 'thrown' },
    ]);
  });
});
