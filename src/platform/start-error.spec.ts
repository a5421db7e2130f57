import { databaseStartError, errorCode, explainingFileFaults, listenStartError, StartError } from './start-error';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

describe('errors at the start', () => {
  it('say what the file system refused and what to do', async () => {
    const full = explainingFileFaults('/srv/data', () => Promise.reject(withCode('ENOSPC')));
    await expect(full).rejects.toThrow(StartError);
    await expect(full).rejects.toThrow(
      "Cairn can't keep its data in /srv/data: the disk is full: make room and start again.",
    );
    await expect(explainingFileFaults('/srv', () => Promise.reject(withCode('EWHAT')))).rejects.toThrow('EWHAT');
    await expect(explainingFileFaults('/srv', () => 42)).resolves.toBe(42);
  });

  it('name the database without its password', () => {
    const url = 'postgres://me:hunter2@db.example:5432/cairn?password=hunter2';
    const told = databaseStartError(withCode('ENOTFOUND'), url)?.message;
    expect(told).toContain('postgres://me@db.example:5432/cairn');
    expect(told).toContain('no host of that name');
    expect(told).not.toContain('hunter2');
    expect(databaseStartError(new Error('a bug'), url)).toBeUndefined();
  });

  it('name the port and the host', () => {
    expect(listenStartError(withCode('EADDRINUSE'), '127.0.0.1', 3000)?.message).toContain('Port 3000 on 127.0.0.1');
    expect(listenStartError(withCode('EACCES'), '127.0.0.1', 80)?.message).toContain('port 80');
    expect(listenStartError(withCode('EADDRNOTAVAIL'), '10.9.9.9', 3000)?.message).toContain('10.9.9.9');
    expect(listenStartError(new Error('a bug'), '127.0.0.1', 3000)).toBeUndefined();
  });

  it('find the code of a connection tried on several addresses', () => {
    expect(errorCode(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]))).toBe('ECONNREFUSED');
    expect(errorCode('a text')).toBeUndefined();
  });
});
