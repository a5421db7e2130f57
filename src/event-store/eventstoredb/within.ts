/** No answer came in time. */
export class NoAnswer extends Error {
  constructor(what: string, ms: number) {
    super(`${what} gave no answer in ${ms} ms`);
    this.name = 'NoAnswer';
  }
}

/** What `work` gives; rejects with NoAnswer when it takes longer. The work itself goes on, its outcome is ignored then. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswer(what, ms));
    }, ms);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What `work` gives; rejects as soon as `signal` aborts. The work itself goes on, its outcome is ignored then. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(new Error('Aborted'));
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
