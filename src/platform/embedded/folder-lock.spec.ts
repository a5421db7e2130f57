import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { folderHolder, FolderInUse, lockFolder } from './folder-lock';
import { processStamp } from './process-stamp';

describe('the lock of a data folder', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-lock-'));
    file = path.join(folder, 'server.lock');
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('is held by one at a time', () => {
    const { holder, release } = lockFolder(folder);
    expect(holder.pid).toBe(process.pid);
    expect(folderHolder(folder)).toEqual(holder);
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    release();
    expect(folderHolder(folder)).toBeUndefined();
    lockFolder(folder).release();
  });

  it('does not count once its process has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const stamp = processStamp(child.pid!);
    fs.writeFileSync(file, JSON.stringify({ pid: child.pid, stamp }));
    expect(() => lockFolder(folder)).toThrow(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockFolder(folder).release();
  });

  it('does not count when its number is now of another process', () => {
    fs.writeFileSync(file, JSON.stringify({ pid: process.pid, stamp: 'another time' }));
    expect(folderHolder(folder)).toBeUndefined();
    lockFolder(folder).release();
  });

  it('is respected while it is being written, and forgotten when its writer died over it', () => {
    fs.writeFileSync(file, '');
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    const longAgo = new Date('2020-01-01');
    fs.utimesSync(file, longAgo, longAgo);
    lockFolder(folder).release();
  });

  it('is not given up for another', () => {
    const { release } = lockFolder(folder);
    fs.writeFileSync(file, 'somebody else’s');
    release();
    expect(fs.existsSync(file)).toBe(true);
  });
});
