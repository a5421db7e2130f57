import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IsoDate } from '../engagement/values';
import { removeEmbeddedPostgres } from '../platform/embedded-postgres';
import { errorCode, explainingFileFaults, StartError } from '../platform/start-error';

/** What the demo remembers of itself in its data folder, beside the database. */
export type DemoRecord = {
  /** Of the cases: another version tells others. */
  readonly version: number;
  /** The day the cases lead up to: that of the first run, also when a later run continues it. */
  readonly today: IsoDate;
  /** Whether the database was made by the demo, so that it may be emptied. */
  readonly ownsDatabase: boolean;
  readonly played: boolean;
};

const FILE = 'demo.json';
const VERSION = 1;

/**
 * What an earlier run left in the folder, or the beginning of a first one.
 * @throws StartError when it was left by another version of the demo
 */
export function openRecord(dataDir: string, today: IsoDate): Promise<DemoRecord> {
  return explainingFileFaults(dataDir, () => {
    const found = readRecord(dataDir);
    const hasDatabase = existsSync(join(dataDir, 'postgres'));
    if (found === undefined || !hasDatabase) {
      const record = { version: VERSION, today, ownsDatabase: !hasDatabase, played: false };
      writeRecord(dataDir, record);
      return record;
    }
    if (found.version !== VERSION) {
      throw new StartError(
        `The demo in ${dataDir} was played by another version of Cairn: run npm run demo -- --fresh to play it anew.`,
      );
    }
    return found;
  });
}

export function markPlayed(dataDir: string, record: DemoRecord): void {
  writeRecord(dataDir, { ...record, played: true });
}

/**
 * Empties the folder, if it is one that the demo made; a missing one is empty enough.
 * @throws StartError when it holds something else, or is in use
 */
export async function emptyFolder(dataDir: string): Promise<void> {
  const record = await explainingFileFaults(dataDir, () => readRecord(dataDir));
  if (record?.ownsDatabase === true) {
    await removeEmbeddedPostgres(dataDir);
  } else if (existsSync(join(dataDir, 'postgres'))) {
    throw new StartError(
      `${dataDir} holds a database that the demo did not make, so it is not emptied: set DATA_DIR to another folder.`,
    );
  }
}

function readRecord(dataDir: string): DemoRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as DemoRecord;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Appears as a whole: a run that is interrupted leaves the old one. */
function writeRecord(dataDir: string, record: DemoRecord): void {
  mkdirSync(dataDir, { recursive: true });
  const half = join(dataDir, `${FILE}.${process.pid}`);
  writeFileSync(half, `${JSON.stringify(record, undefined, 2)}\n`);
  renameSync(half, join(dataDir, FILE));
}
