/**
 * Makes a clone ready to run: the packages are installed and the code is built, when they are missing or out of date.
 * Needs nothing but Node and npm. Several commands may come at the same moment: one works, the others wait for it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuildCurrent, isInstallCurrent, markBuilt } from './currency.mjs';
import { withLock } from './lock.mjs';

const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What went wrong, for a person: printed without a stack. */
export class NotReady extends Error {}

/** @param {{ build: boolean, root?: string }} what `build`: the code too, not only the packages */
export async function ensure({ build, root = REPOSITORY }) {
  checkNode(process.versions.node);
  const current = () => isInstallCurrent(root) && (!build || isBuildCurrent(root));
  if (current()) return;
  const waiting = () => say('Another command is making this clone ready: waiting for it …');
  await withLock(path.join(root, '.ensure.lock'), waiting, async () => {
    if (!isInstallCurrent(root)) await install(root);
    if (build && !isBuildCurrent(root)) await compile(root);
  });
}

/** Runs `work`; what a person can put right is said in a sentence, and the command ends with 1. */
export async function orExplain(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    say(error.message);
    process.exit(1);
  }
}

export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** From these on Node loads ES modules with require(), which the framework needs. */
export function checkNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const enough = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major > 22;
  if (!enough)
    throw new NotReady(`Cairn needs Node 20.19, 22.12 or newer, and this is ${version}: see https://nodejs.org`);
}

async function install(root) {
  say('Installing the packages (npm ci; about half a minute) …');
  // The build needs what is for development, whatever NODE_ENV says.
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run(...npm(flags), root);
  if (code !== 0) throw new NotReady(`${tail(output)}\n${explainInstall(output)}`);
}

async function compile(root) {
  say('Building (a few seconds) …');
  const nest = path.join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const { code, output } = await run(process.execPath, [nest, 'build'], root);
  if (code !== 0) throw new NotReady(`${tail(output)}\nThe code does not build: see above.`);
  markBuilt(root);
}

/** npm as it was called, if it was; otherwise the one on the path. */
function npm(flags) {
  const caller = process.env.npm_execpath;
  if (caller && /npm-cli\.c?js$/.test(caller) && existsSync(caller)) return [process.execPath, [caller, ...flags]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', flags];
}

/** Runs a program to its end; a signal that reaches only us ends it too. */
function run(program, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, shell: program.endsWith('.cmd'), stdio: ['ignore', 'pipe', 'pipe'] });
    const onSignal = () => {
      child.kill('SIGTERM');
      process.exit(130);
    };
    process.once('SIGTERM', onSignal);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const end = (code, more = '') => {
      process.off('SIGTERM', onSignal);
      resolve({ code, output: output + more });
    };
    child.once('error', (error) => end(1, error.message));
    child.once('close', (code) => end(code ?? 1));
  });
}

function explainInstall(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|network/i.test(output)) {
    return 'The packages could not be fetched: check the network, or the registry and proxy that npm is set to.';
  }
  if (/ENOSPC/.test(output)) return 'The packages could not be installed, since the disk is full: make room.';
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return 'The packages could not be installed, since this user may not write there: change the owner of the clone.';
  }
  if (/ENOENT/.test(output) && !/npm/.test(output))
    return 'npm was not found: it comes with Node, see https://nodejs.org';
  return 'The packages could not be installed: see above.';
}

function tail(output) {
  return output.trim().split('\n').slice(-30).join('\n');
}
