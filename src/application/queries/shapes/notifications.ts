import type { Id, Instant } from '../../../engagement/values';
import type { NotificationKind, QuietHours } from '../../../records/preferences';
import type { Party } from './people';

/** Something that someone was told of an engagement; what it said is not kept. */
export type Notification = {
  readonly notificationId: Id;
  readonly rule: string;
  readonly to: Party;
  readonly channel: string;
  /** `unknown`: it may or may not have been sent, and is not sent again. */
  readonly state: 'sent' | 'unknown' | 'failed';
  readonly problem: string | null;
  readonly at: Instant;
  /** The check-in, milestone or action that it is about; null: the engagement. */
  readonly about: Id | null;
};

/** How a person is told of things, with the defaults where they said nothing. */
export type PreferencesShape = {
  readonly participantId: Id;
  readonly timeZone: string;
  readonly digestHour: number;
  readonly quietHours: QuietHours | null;
  readonly kinds: Readonly<Record<NotificationKind, boolean>>;
  readonly language: 'en';
};
