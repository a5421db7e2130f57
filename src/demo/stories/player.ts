import type { Disclosure } from '../../application/queries/shapes';
import type { Id } from '../../engagement/values';
import { type Api, UnexpectedAnswer } from '../api';
import { type Step, type Story, withEventIds } from './story';

export type Player = { readonly play: (step: Step) => Promise<void> };

/**
 * Sends the steps of one story, in their order. Every step may be sent again by a later run: a command is known by its
 * key, and a query is left out when the story's client already finds it in the disclosures.
 */
export function createPlayer(api: Api, story: Story): Player {
  const eventIds = new Map<string, Id>();
  let position = '';

  const send = async ({ as, method, path, body, key }: Step): Promise<void> => {
    const answer = await api.send({
      as,
      method,
      path,
      headers: { 'idempotency-key': key },
      body: withEventIds(body, (earlier) => eventIds.get(earlier) ?? earlier),
    });
    if (answer.status >= 300) throw new UnexpectedAnswer(`${key}, ${method} ${path}`, answer);
    const made = answer.body as { eventIds: readonly Id[]; position: string };
    eventIds.set(key, made.eventIds[0] ?? '');
    position = made.position;
  };

  const look = async ({ as, path, at, accessReason }: Step): Promise<void> => {
    const upToHere = { 'min-position': position };
    const { client, engagementId } = story;
    const seen = await api.list<Disclosure>(client, `/engagements/${engagementId}/disclosures`, upToHere);
    if (seen.some((disclosure) => disclosure.to.id === as.id && disclosure.at >= at)) return;
    await api.get(as, path, { ...upToHere, ...(accessReason === null ? {} : { 'access-reason': accessReason }) });
  };

  return { play: (step) => (step.method === 'GET' ? look(step) : send(step)) };
}
