import { dayOf } from '../../engagement/calendar';
import type { Engagement } from '../../engagement/engagement';
import type { HealthSettings } from '../../engagement/measures/fired-rule';
import type { Facts } from '../../engagement/measures/facts';
import type { Id } from '../../engagement/values';
import type { Clock } from '../../platform/clock';
import type { Queryable } from '../../platform/database';
import type { Logger } from '../../platform/logging';
import type { EffectLedger } from '../../records/effect-ledger';
import type { DueTerms } from '../../../projections/due/queries';
import type { Present } from '../due/due-kind';
import type { Mailer } from '../mail/mail';

/** What notifications stand on. */
export type NotifyDeps = {
  readonly db: Queryable;
  readonly clock: Clock;
  readonly settings: HealthSettings;
  readonly ledger: EffectLedger;
  readonly mailer: Mailer;
  /** What links begin with, without a slash at the end; undefined: no links. */
  readonly publicUrl: string | undefined;
  readonly logger: Logger;
  /** The engagement as the log has it at this moment: rows may lag, and what was done meanwhile is not reminded of. */
  readonly newest: (tenantId: string, engagementId: Id) => Promise<Engagement | null>;
  /** As the rows have them: everything that health is judged by. */
  readonly facts: (tenantId: string, engagementIds: readonly Id[]) => Promise<ReadonlyMap<Id, Facts>>;
};

export function presentOf({ clock, settings }: Pick<NotifyDeps, 'clock' | 'settings'>): Present {
  const now = clock.now().toISOString();
  return { now, today: dayOf(now, settings.timeZone), settings };
}

export function termsOf({ now, today, settings }: Present): DueTerms {
  return { now, today, ...settings };
}

export function linkTo({ publicUrl }: Pick<NotifyDeps, 'publicUrl'>, engagementId: Id): string | null {
  return publicUrl === undefined ? null : `${publicUrl}/engagements/${engagementId}`;
}
