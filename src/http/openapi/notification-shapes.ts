import { notificationKinds } from '../../records/preferences';
import { dateTime, id, named, orNull, type Schema, shape, string, truth, words } from './schema';

/** The shapes of what people are told, and of how they want to be told. */
export const notificationShapes: Readonly<Record<string, Schema>> = {
  Notification: shape({
    notificationId: id,
    rule: words(...notificationKinds),
    to: named('Party'),
    channel: words('email', 'outbox'),
    state: words('sent', 'unknown', 'failed'),
    problem: orNull(string),
    at: dateTime,
    about: orNull(id),
  }),
  Preferences: shape({
    participantId: id,
    timeZone: string,
    digestHour: { type: 'integer', minimum: 0, maximum: 23 },
    quietHours: orNull(shape({ from: string, to: string })),
    kinds: shape(Object.fromEntries(notificationKinds.map((kind) => [kind, truth]))),
    language: words('en'),
  }),
};
