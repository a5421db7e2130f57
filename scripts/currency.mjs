/** Whether what is installed and built belongs to what the repository says now: by content, since times lie. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SOURCES = ['src', 'projections', 'bench'];
const CONFIGURATION = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];
const STAMP = path.join('dist', '.built');

/** Every package of the lock file is there in its version; npm leaves out the optional ones of other systems. */
export function isInstallCurrent(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const installed = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([where, { version, optional }]) => {
    // The repository itself.
    if (where === '') return true;
    const there = installed[where];
    return there === undefined ? optional === true || isSource(where) : there.version === version;
  });
}

export function isBuildCurrent(root) {
  const stamp = path.join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root);
}

/** To be called when a build has ended well: the stamp goes with the folder when the next one begins. */
export function markBuilt(root) {
  writeFileSync(path.join(root, STAMP), sourceHash(root));
}

/** A linked package is listed where it is linked, and again where its sources are. */
function isSource(where) {
  return !where.startsWith('node_modules/');
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function sourceHash(root) {
  const hash = createHash('sha256');
  const files = [...CONFIGURATION, ...SOURCES.flatMap((folder) => filesIn(root, folder))];
  for (const file of files) {
    const absolute = path.join(root, file);
    if (existsSync(absolute)) hash.update(`${file}\0`).update(readFileSync(absolute)).update('\0');
  }
  return hash.digest('hex');
}

/** The files that a build reads, in a stable order. */
function filesIn(root, folder) {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => /\.(ts|sql|json)$/.test(file) && !/spec\.ts$/.test(file) && !file.startsWith('bench/out'))
    .sort();
}
