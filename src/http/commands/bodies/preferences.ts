import { ApiSchema } from '@nestjs/swagger';
import { notificationKinds, type NotificationKind } from '../../../records/preferences';
import { Holds, Is, Must } from '../../fields/dto';
import { field, record } from '../../fields/field';
import { flag, integer, oneOf } from '../../fields/kinds';

const timeZone = field(
  { type: 'string', example: 'Europe/Berlin' },
  'an IANA time zone such as Europe/Berlin or UTC',
  (value) => typeof value === 'string' && isTimeZone(value),
);

const timeOfDay = field(
  { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', example: '22:00' },
  'a time of day such as 22:00',
  (value) => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value),
);

const kinds = record(oneOf(...notificationKinds), flag, notificationKinds.length, { 'weekly-brief': false });

@ApiSchema({ name: 'QuietHours' })
class QuietHoursBody {
  @Is(timeOfDay)
  @Must(
    ({ from, to }: Partial<QuietHoursBody>) => from === undefined || from !== to,
    'is the same as `to`: give two different times, or leave quietHours out',
  )
  from!: string;

  @Is(timeOfDay, { example: '07:00' })
  to!: string;
}

/** What is left out becomes the default again. */
@ApiSchema({ name: 'PreferencesBody' })
export class PreferencesBody {
  /** The tenant's when absent. */
  @Is(timeZone, { optional: true })
  timeZone!: string | null;

  /** From which hour of the day the digest comes; 8 when absent. */
  @Is(integer(0, 23), { optional: true, example: 8 })
  digestHour!: number | null;

  /** Nothing is sent in them: it waits for their end. */
  @Holds(() => QuietHoursBody, { optional: true })
  quietHours!: QuietHoursBody | null;

  /** Which kinds come; those left out do. */
  @Is(kinds, { optional: true, otherwise: {} })
  kinds!: Readonly<Partial<Record<NotificationKind, boolean>>>;

  @Is(oneOf('en'), { optional: true, otherwise: 'en' })
  language!: 'en';
}

function isTimeZone(name: string): boolean {
  try {
    return !/^[+-]/.test(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return false;
  }
}
