import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

type Block = { readonly path: string; readonly language: string; readonly text: string };

/** The files of the page: each a path in bold and a block after it. */
function blocksIn(page: string): readonly Block[] {
  return [...page.matchAll(/\n\*\*`([^`]+)`\*\*\n\n```(\w+)\n([\s\S]*?)\n```\n/g)].map(
    ([, path = '', language = '', text = '']) => ({ path, language, text }),
  );
}

/** The text with the hunks of a diff made; the lines that a hunk shows must be there, once. */
function patched(text: string, diff: string): string {
  return diff.split('\n@@\n').reduce((result, hunk) => {
    const lines = hunk.split('\n');
    const side = (without: string) =>
      lines
        .filter((line) => !line.startsWith(without))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const [before, ...more] = result.split(side('+'));
    expect({ hunk, places: more.length }).toEqual({ hunk, places: 1 });
    return `${before ?? ''}${side('-')}${more[0] ?? ''}`;
  }, text);
}

type Outcome = { readonly code: number; readonly said: string };

/** docs/adding-a-read-model.md, followed to the letter in a copy of the code. */
describe('the read model of the page', () => {
  const blocks = blocksIn(readFileSync('docs/adding-a-read-model.md', 'utf8'));
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cairn-page-'));
    for (const part of ['src', 'projections', 'test', 'jest.config.mjs', 'tsconfig.json', 'package.json']) {
      cpSync(part, join(folder, part), { recursive: true });
    }
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const make = (wanted: (block: Block) => boolean): void => {
    for (const { path, language, text } of blocks.filter(wanted)) {
      const at = join(folder, path);
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, language === 'diff' ? patched(readFileSync(at, 'utf8'), text) : `${text}\n`);
    }
  };
  const run = (script: string, ...args: readonly string[]): Promise<Outcome> =>
    new Promise((done) => {
      execFile(process.execPath, [script, ...args], { cwd: folder }, (error, stdout, stderr) => {
        done({ code: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr });
      });
    });
  const jest = (...args: readonly string[]) => run('node_modules/jest/bin/jest.js', '-w', '1', '--verbose', ...args);
  const marks = (said: string, mark: string) => said.split('\n').filter((line) => line.includes(`${mark} `)).length;

  it('is all there', () => {
    expect(blocks.map(({ path }) => path)).toEqual([
      'projections/setbacks/schema.sql',
      'projections/setbacks/table.ts',
      'projections/setbacks/projection.ts',
      'projections/setbacks/projection.spec.ts',
      'projections/index.ts',
      'src/verification/models/setbacks.ts',
      'src/verification/models/index.ts',
      'projections/setbacks/queries.ts',
    ]);
  });

  it('passes its own tests in memory, and those in a database once the others know it', async () => {
    make(({ path }) => path.startsWith('projections/setbacks/'));
    const alone = await jest('projections/setbacks');
    expect({ ...alone, passed: marks(alone.said, '✓') }).toMatchObject({ code: 1, passed: 2 });

    make(({ path }) => path === 'projections/index.ts');
    const known = await jest('projections/setbacks');
    expect({ ...known, passed: marks(known.said, '✓'), failed: marks(known.said, '✕') }).toMatchObject({
      code: 0,
      passed: 9,
      failed: 0,
    });
  }, 120_000);

  it('equals the log, as the proof that it is in says', async () => {
    make(({ path }) => path.startsWith('src/verification/'));
    const proven = await jest(
      'test/verification/equal.spec.ts',
      '-t',
      'equal the log$|every table of every projection',
    );
    expect({ ...proven, passed: marks(proven.said, '✓') }).toMatchObject({ code: 0, passed: 2 });
  }, 120_000);

  it('compiles, in the strict way of everything else', async () => {
    const files = blocks.map(({ path }) => path).filter((path) => path.endsWith('.ts'));
    const options = {
      extends: './tsconfig.json',
      compilerOptions: { noEmit: true, incremental: false },
      files,
      include: [],
    };
    writeFileSync(join(folder, 'tsconfig.page.json'), JSON.stringify(options));
    expect(await run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.page.json')).toEqual({ code: 0, said: '' });
  }, 120_000);
});
