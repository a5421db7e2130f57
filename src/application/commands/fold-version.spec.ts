import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { engagementFold } from './engagement-commands';
import { foldVersionOf } from './fold-version';

describe('the version of a fold', () => {
  it('is another when a file that is named changes, and the same when another does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fold-'));
    try {
      const version = () => foldVersionOf({ folder, names: /^evolve\.ts$/ });
      writeFileSync(join(folder, 'evolve.ts'), 'one');
      writeFileSync(join(folder, 'evolve.spec.ts'), 'one');
      const first = version();
      writeFileSync(join(folder, 'evolve.spec.ts'), 'two');
      expect(version()).toBe(first);
      writeFileSync(join(folder, 'evolve.ts'), 'two');
      expect(version()).not.toBe(first);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("of engagements is made of all that folds, the calendar and the event's day included", () => {
    const reading = jest.spyOn(fs, 'readFileSync');
    try {
      expect(engagementFold('UTC').version).not.toBe(engagementFold('Europe/Berlin').version);
      const read = reading.mock.calls.map(([path]) => basename(String(path)));
      expect(read).toEqual(
        expect.arrayContaining(['calendar.ts', 'engagement.ts', 'evolve.ts', 'evolve-things.ts', 'past-event.ts']),
      );
      expect(read.filter((name) => name.endsWith('.spec.ts'))).toEqual([]);
    } finally {
      reading.mockRestore();
    }
  });
});
