import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyFolder, markPlayed, openRecord } from './data-folder';

describe('the demo’s data folder', () => {
  let folder: string;
  beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'cairn-demo-')), 'data')));
  afterEach(() => {
    rmSync(join(folder, '..'), { recursive: true });
  });
  const makeDatabase = (): void => {
    mkdirSync(join(folder, 'postgres'), { recursive: true });
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '18\n');
  };

  it('remembers the day of the first run, and that all was played', async () => {
    const record = await openRecord(folder, '2026-11-25');
    makeDatabase();
    markPlayed(folder, record);
    expect(await openRecord(folder, '2026-12-24')).toMatchObject({ today: '2026-11-25', played: true });
  });

  it('begins anew where the database is gone', async () => {
    markPlayed(folder, await openRecord(folder, '2026-11-25'));
    expect(await openRecord(folder, '2026-12-24')).toMatchObject({ today: '2026-12-24', played: false });
  });

  it('is emptied when the demo made it', async () => {
    await openRecord(folder, '2026-11-25');
    makeDatabase();
    await emptyFolder(folder);
    expect(existsSync(folder)).toBe(false);
  });

  it('is not emptied when its database was there before', async () => {
    makeDatabase();
    await openRecord(folder, '2026-11-25');
    await expect(emptyFolder(folder)).rejects.toThrow(/not emptied/);
    expect(existsSync(join(folder, 'postgres', 'PG_VERSION'))).toBe(true);
  });

  it('is left alone when another version of the demo played in it', async () => {
    await openRecord(folder, '2026-11-25');
    makeDatabase();
    writeFileSync(join(folder, 'demo.json'), JSON.stringify({ version: 0, today: '2026-11-25' }));
    await expect(openRecord(folder, '2026-11-26')).rejects.toThrow(/--fresh/);
  });
});
