import fs from 'node:fs';
import { readCommand } from '../src/cli/program';

const page = fs.readFileSync('docs/operations.md', 'utf8');
const settings = fs.readFileSync('src/platform/settings.ts', 'utf8');

describe('docs/operations.md', () => {
  it('has every setting', () => {
    const names = [...settings.matchAll(/reader\.(?:read|required)\(\s*'([A-Z_]+)'/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(page).toContain(`\`${name}\``);
  });

  it('speaks of metrics that there are', () => {
    const sources = ['src', 'projections'].flatMap(sourcesIn).join('\n');
    const metrics = new Set([...page.matchAll(/`(cairn_[a-z_]+|http_[a-z_]+)`/g)].map(([, name]) => name!));
    expect(metrics.size).toBeGreaterThan(4);
    for (const metric of metrics) expect(sources).toContain(`'${metric}'`);
  });

  it('speaks of commands that there are', () => {
    const commands = [...page.matchAll(/`cairn ([a-z]+ [^`…]+)`/g)].map(([, args]) => args!.split(' '));
    const complete = commands.filter((args) => args.length > 2);
    expect(complete.length).toBeGreaterThan(0);
    const complaints: string[] = [];
    for (const args of complete) {
      readCommand(args, { out: () => undefined, error: (text) => complaints.push(text) });
    }
    expect(complaints).toEqual([]);
  });
});

function sourcesIn(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts'))
    .map((file) => fs.readFileSync(`${folder}/${file}`, 'utf8'));
}
