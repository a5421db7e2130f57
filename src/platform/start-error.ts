/**
 * What stops the program and can be put right by whoever started it: a wrong setting, a folder in use, a full disk, a
 * database that can't be reached. The message is for a person, so it is printed alone, without a stack.
 */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

/** The code of a system or Postgres error (`ENOSPC`, `53100`), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // A connection that was tried on several addresses fails with all of their errors in one.
  return 'errors' in error && Array.isArray(error.errors) ? errorCode(error.errors[0]) : undefined;
}

const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room and start again',
  '53100': 'the disk is full: make room and start again',
  EDQUOT: 'the disk quota is used up: make room and start again',
  EACCES: 'this user may not write there: change its owner, or choose another DATA_DIR',
  EPERM: 'this user may not change it: change its owner, or choose another DATA_DIR',
  EROFS: 'the file system is read-only: choose another DATA_DIR',
  ENOTDIR: 'a part of the path is a file: choose another DATA_DIR',
  EEXIST: 'there is a file of that name: choose another DATA_DIR',
  ENAMETOOLONG: 'the path is too long: choose another DATA_DIR',
  ELOOP: 'its symbolic links go in a circle: choose another DATA_DIR',
};

/** Runs `work` on the files under `path`; what the file system refuses becomes a StartError that says so. */
export async function explainingFileFaults<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof StartError ? undefined : FILE_FAULTS[errorCode(error) ?? ''];
    if (reason === undefined) throw error;
    throw new StartError(`Cairn can't keep its data in ${path}: ${reason}.`, { cause: error });
  }
}

const DATABASE_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it closed the connection',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of its host could not be looked up',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate can not be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  '28P01': 'it refused the password',
  '28000': 'it refused this user',
  '3D000': 'it has no database of that name',
  '42501': 'its user may not create schemas and tables',
  '53100': 'its disk is full',
  '53300': 'it has no connection left',
  '57P03': 'it is starting or stopping',
  '25006': 'it takes no writes',
};

/** The StartError for a database that can't be used, or undefined when the error is of another kind. */
export function databaseStartError(error: unknown, connectionString: string): StartError | undefined {
  const timedOut = error instanceof Error && /timeout expired|connection timeout/i.test(error.message);
  const noTls = error instanceof Error && /does not support SSL/i.test(error.message);
  const reason = timedOut ? 'it does not answer' : noTls ? 'it speaks no TLS' : DATABASE_FAULTS[errorCode(error) ?? ''];
  if (reason === undefined) return undefined;
  return new StartError(
    `The database ${withoutPassword(connectionString)} can't be used: ${reason}. Check DATABASE_URL and that server.`,
    { cause: error },
  );
}

/** The StartError for an address that can't be listened on, or undefined when the error is of another kind. */
export function listenStartError(error: unknown, host: string, port: number): StartError | undefined {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} on ${host} is in use: end what listens there, or set PORT to another one.`);
    case 'EACCES':
      return new StartError(`This user may not listen on port ${port}: set PORT to one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`${host} is no address of this machine: set HOST to one, or to 0.0.0.0 for all of them.`);
    default:
      return undefined;
  }
}

/** A connection string fit to be shown: neither its password nor its parameters. */
function withoutPassword(connectionString: string): string {
  try {
    const url = new URL(connectionString);
    url.password = '';
    url.search = '';
    return url.href;
  } catch {
    return 'of DATABASE_URL';
  }
}
