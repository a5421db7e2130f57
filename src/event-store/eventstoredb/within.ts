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
