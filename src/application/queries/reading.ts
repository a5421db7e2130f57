import { Inject, Injectable } from '@nestjs/common';
import type { OfEngagement } from '../../../projections/engine/paging';
import type { PrivateNotes } from '../../../projections/notes/queries';
import { readParties } from '../../../projections/overview/queries';
import type { Caller } from '../../access/caller';
import { isNotShown, isRecorded, type NotShown, reasonRefused, type Viewer, viewerFor } from '../../access/viewer';
import type { Subject } from '../../access/who-sees-what';
import { dayOf } from '../../engagement/calendar';
import type { Id, Role } from '../../engagement/values';
import type { EventStore } from '../../event-store/event-store';
import type { Clock } from '../../platform/clock';
import type { Queryable } from '../../platform/database';
import { type NewShownRecord, recordShown } from '../../records/disclosures';
import { Refused } from '../refused';
import { CLOCK, EVENT_STORE, POOL, RULE_SETTINGS, type RuleSettings } from '../tokens';
import type { AboutEngagement } from './queries';
import type { Present } from './to-overview';

/** An answer that is about to go out: what it is, and who is shown which engagements' part of it. */
type Showing = {
  readonly caller: Caller;
  readonly accessReason: string | null;
  readonly what: string;
  readonly parts: readonly {
    /** Null: numbers over many engagements, or a person. */
    readonly engagementId: Id | null;
    readonly viewer: { readonly role: Role; readonly consentEventId: Id | null };
  }[];
};

/** What all query handlers stand on: the present, who may see what, and the record of what was shown. */
@Injectable()
export class Reading {
  constructor(
    @Inject(POOL) readonly db: Queryable,
    @Inject(EVENT_STORE) readonly store: EventStore,
    @Inject(RULE_SETTINGS) readonly rules: RuleSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  present(): Present {
    const now = this.clock.now().toISOString();
    return { now, today: dayOf(now, this.rules.timeZone), settings: this.rules };
  }

  /** @throws {Refused} 404 before 403 */
  async admit(subject: Subject, params: AboutEngagement): Promise<Viewer> {
    const parties = await readParties(this.db, ofEngagement(params));
    const viewer = viewerFor(subject, params.caller, parties);
    if (isNotShown(viewer)) throw notShown(viewer);
    requireReason(viewer.role, params.accessReason);
    return viewer;
  }

  /** Records what a viewer is about to be shown of one engagement; to be awaited before the answer is given. */
  async show(viewer: Viewer, { caller, engagementId, accessReason }: AboutEngagement, what: string): Promise<void> {
    await this.showMany({ caller, accessReason, what, parts: [{ engagementId, viewer }] });
  }

  async showMany({ caller, accessReason, what, parts }: Showing): Promise<void> {
    const { now } = this.present();
    const records = parts
      .filter(({ viewer }) => isRecorded(viewer.role))
      .map(({ engagementId, viewer: { role, consentEventId } }): NewShownRecord => {
        const reason = role === 'supervisor' ? accessReason : null;
        return {
          tenantId: caller.tenantId,
          engagementId,
          at: now,
          to: { id: caller.id, role },
          what,
          reason,
          consentEventId,
        };
      });
    await recordShown(this.db, records);
  }
}

/** @throws {Refused} 403 `reason-required` */
export function requireReason(role: Role, accessReason: string | null): void {
  const refused = reasonRefused(role, accessReason);
  if (refused) throw notShown(refused);
}

export function engagementNotFound(): Refused {
  return new Refused('not-found', 'There is no such engagement: check its id.');
}

export function ofEngagement({ caller, engagementId }: AboutEngagement): OfEngagement {
  return { tenantId: caller.tenantId, engagementId };
}

/** Which of the private notes are among what the viewer is shown (`mayKnowOfNote`, for rows). */
export function privateNotesFor({ id, role }: Viewer): PrivateNotes {
  if (role === 'auditor') return 'all';
  return role === 'coach' ? { by: id } : 'none';
}

function notShown({ refused, detail }: NotShown): Refused {
  return new Refused(refused, detail);
}

/** How the record names an answer with its question: `plan?revision=2`; what was not asked is left out. */
export function asked(answer: string, question: Readonly<Record<string, string | number | null>>): string {
  const parts = Object.entries(question).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
  return parts.length === 0 ? answer : `${answer}?${parts.join('&')}`;
}
