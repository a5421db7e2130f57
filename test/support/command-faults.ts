import type { HttpApp } from './http-app';

/** The faults of a command that must be refused as a request, as `path message`; nothing reaches its handler. */
export async function commandFaults(
  http: HttpApp,
  url: string,
  body: unknown,
  headers?: Record<string, string>,
): Promise<readonly string[]> {
  const sent = http.commands.length;
  const answer = await http.ask('POST', url, body, headers);
  expect({ status: answer.statusCode, sent: http.commands.length }).toEqual({ status: 400, sent });
  const { errors } = answer.json<{ errors: { path: string; message: string }[] }>();
  return errors.map(({ path, message }) => `${path} ${message}`);
}

/** The newest command that reached its handler. */
export function lastCommand(http: HttpApp): HttpApp['commands'][number] {
  const message = http.commands.at(-1);
  if (!message) throw new Error('No command was sent.');
  return message;
}
