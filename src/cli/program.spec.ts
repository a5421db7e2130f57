import { readCommand, UsageError } from './program';

/** What is said to the arguments, and with which exit code; null when there is something to be carried out. */
function ask(...args: string[]): { readonly code: number | null; readonly out: string; readonly error: string } {
  let [out, error] = ['', ''];
  try {
    readCommand(args, { out: (text) => (out += text), error: (text) => (error += text) });
    return { code: null, out, error };
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    return { code: thrown.exitCode, out, error };
  }
}

describe('the command line', () => {
  it.each([
    [['--help'], ['Usage: cairn', 'log', 'docs/operations.md']],
    [
      ['log', '--help'],
      ['Usage: cairn log', 'copy'],
    ],
    [
      ['log', 'copy', '--help'],
      ['Usage: cairn log copy', '--from <store>', '--skip-unreadable', 'Examples:'],
    ],
    [
      ['projections', '--help'],
      ['Usage: cairn projections', 'status', 'verify'],
    ],
    [
      ['projections', 'verify', '--help'],
      ['--sample <streams>', '--all', '--engagement <id>'],
    ],
    [
      ['jobs', '--help'],
      ['Usage: cairn jobs', 'status', 'retry', 'pause', 'resume'],
    ],
    [
      ['jobs', 'pause', '--help'],
      ['[queues...]', 'notifications'],
    ],
    [['--version'], ['0.']],
  ])('answers %j on the standard output', (args, said) => {
    const { code, out, error } = ask(...args);
    expect([code, error]).toEqual([0, '']);
    for (const text of said) expect(out).toContain(text);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it.each([
    [[], 'Usage: cairn'],
    [['log'], 'Usage: cairn log'],
    [['lgo'], "unknown command 'lgo'\n(Did you mean log?)\nSee cairn --help."],
    [['log', 'move'], "unknown command 'move'"],
    [['log', 'copy'], "required option '--from <store>' not specified\nSee cairn log copy --help."],
    [['log', 'copy', '--from', 'oracle', '--to', 'postgres'], 'Allowed choices are postgres, eventstoredb.'],
    [['log', 'copy', '--frm', 'postgres'], 'required option'],
    [['log', 'copy', '--from', 'postgres', '--to', 'eventstoredb', '--quickly'], "unknown option '--quickly'"],
    [['log', 'copy', '--from', 'postgres', '--to', 'eventstoredb', 'now'], 'too many arguments'],
    [['jobs', 'pause', 'letters'], 'Allowed choices are sweeps, notifications, webhooks.'],
    [['projections', 'verify', '--sample', '0'], 'Give a whole number from 1.'],
    [['projections', 'verify', '--engagement', 'mine'], 'Give the id of an engagement, a UUID.'],
    [['projections', 'verify', '--all', '--engagement', '00000000-0000-4000-8000-000000000001'], 'cannot be used with'],
    [['log', 'copy', '--from', 'postgres', '--to', 'postgres'], 'source and target are the same'],
  ])('complains of %j', (args, said) => {
    const { code, out, error } = ask(...args);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(said);
    expect(error).toMatch(/--help/);
  });

  it('has something to do for a whole command', () => {
    expect(ask('log', 'copy', '--from', 'postgres', '--to', 'eventstoredb')).toEqual({
      code: null,
      out: '',
      error: '',
    });
    expect(ask('log', 'copy', '--from', 'postgres', '--to', 'postgres', '--to-url', 'postgres://b/b').code).toBeNull();
  });
});
