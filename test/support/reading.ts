import type { Answer, Caller, Headers } from './cairn';
import { fits, listOf, nullable, object, type Shape, text } from './shapes/checker';

/** Why a supervisor looks. */
export const reason: Headers = { 'access-reason': 'A complaint is being looked into' };

/** The answer to a query: carried out, in exactly this shape, with the headers that every query's answer has. */
export async function read<T>(by: Caller, path: string, shape: Shape<T>, headers: Headers = {}): Promise<T> {
  const answer = await by.get(path, headers);
  expect({ path, status: answer.status, problem: answer.status === 200 ? null : answer.body }).toEqual({
    path,
    status: 200,
    problem: null,
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('projection-position')).toEqual(expect.stringMatching(/\S/));
  expect(answer.headers.get('projection-lag')).toMatch(/^\d+(\.\d+)?$/);
  return fits(shape, answer.body);
}

export const listAnswer = <T>(item: Shape<T>) => object({ items: listOf(item), next: nullable(text) });

/** The items of a list's first page. */
export async function readItems<T>(
  by: Caller,
  path: string,
  item: Shape<T>,
  headers: Headers = {},
): Promise<readonly T[]> {
  return (await read(by, path, listAnswer(item), headers)).items;
}

/** Every text in it, however deep, also the names of its fields. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...textsIn(part)]);
}

/** What stands in the fields `sentence` and `sentences`, however deep. */
export function sentencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    /^sentences?$/.test(name) ? textsIn(part) : sentencesIn(part),
  );
}

/** Which of these words occur in the answer's body. */
export function foundIn(answer: Pick<Answer, 'body'>, words: readonly string[]): readonly string[] {
  const all = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  return words.filter((word) => all.includes(word));
}

export function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}
