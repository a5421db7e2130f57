import type { Id } from '../../engagement/values';
import { uuidV5 } from '../../platform/ids';
import type { EffectItem } from '../../records/effect-ledger';
import { readParticipant } from '../../../projections/participants/queries';
import { type Letter, toHtml, toText } from '../mail/letter';
import type { NotifyDeps } from './deps';

/** Keeps the ids of letters apart from other derived ids. */
const LETTERS = 'b1f0f2c5-3a0e-4c58-9d0a-6f6f3c8f1f4e';

export type Effect = {
  readonly tenantId: string;
  readonly participantId: Id;
  readonly key: string;
  readonly rule: string;
  readonly items: readonly EffectItem[];
};

/**
 * Makes one effect: claimed, then sent, then recorded. Someone who has no address is skipped, visibly.
 *
 * @throws when it certainly was not sent, and may be another time: to be tried again
 */
export async function sendOnce(deps: NotifyDeps, effect: Effect, letterTo: (name: string) => Letter): Promise<void> {
  const { db, ledger, mailer, clock, logger } = deps;
  const { tenantId, participantId, key, rule, items } = effect;
  const at = clock.now().toISOString();
  const person = await readParticipant(db, tenantId, participantId);
  const claim = await ledger.claim({ tenantId, key, rule, channel: mailer.channel, toId: participantId, at, items });
  if (!claim) return;
  if (person?.email == null) {
    await claim.failed('no-address');
    return;
  }
  const letter = letterTo(person.name);
  const id = uuidV5(LETTERS, `${tenantId}/${key}`);
  const to = { name: person.name, address: person.email };
  const mail = { id, to, at, subject: letter.subject, text: toText(letter), html: toHtml(letter) };
  const delivery = await mailer.deliver(mail);
  switch (delivery.outcome) {
    case 'sent':
      await claim.sent();
      return;
    case 'refused':
      logger.warn({ effect: key, problem: delivery.problem }, 'a letter was refused');
      await claim.failed(delivery.problem);
      return;
    case 'unknown':
      logger.warn({ effect: key, problem: delivery.problem }, 'it is not known whether a letter was sent');
      await claim.unknown(delivery.problem);
      return;
    case 'not-sent':
      await claim.release();
      throw new Error(`A letter could not be sent: ${delivery.problem}`);
  }
}
