import { Inject, Injectable } from '@nestjs/common';
import type { OfEngagement, Slice } from '../../../projections/engine/paging';
import type { ReadSide } from '../../../projections/engine/read-side';
import type { PrivateNotes } from '../../../projections/notes/queries';
import { isProjected } from '../../../projections/overview/queries';
import type { Caller } from '../../access/caller';
import {
  isNotShown,
  isRecorded,
  type NotShown,
  partiesOf,
  reasonRefused,
  type Viewer,
  viewerFor,
} from '../../access/viewer';
import type { Subject } from '../../access/who-sees-what';
import { dayOf } from '../../engagement/calendar';
import type { Engagement } from '../../engagement/engagement';
import type { Id, Role } from '../../engagement/values';
import type { EventStore } from '../../event-store/event-store';
import type { Clock } from '../../platform/clock';
import type { Queryable } from '../../platform/database';
import { type NewShownRecord, recordShown } from '../../records/disclosures';
import type { StreamStates } from '../commands/stream-states';
import { Refused } from '../refused';
import { engagementStream } from '../streams';
import { CLOCK, ENGAGEMENTS, EVENT_STORE, POOL, READ_SIDE, RULE_SETTINGS, type RuleSettings } from '../tokens';
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

/** How long rows that are not there yet are waited for. */
const ROWS_WAIT_MS = 1_000;

/** What all query handlers stand on: the present, who may see what, and the record of what was shown. */
@Injectable()
export class Reading {
  constructor(
    @Inject(POOL) readonly db: Queryable,
    @Inject(EVENT_STORE) readonly store: EventStore,
    @Inject(RULE_SETTINGS) readonly rules: RuleSettings,
    @Inject(ENGAGEMENTS) readonly engagements: StreamStates<Engagement>,
    @Inject(READ_SIDE) private readonly readSide: ReadSide,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  present(): Present {
    const now = this.clock.now().toISOString();
    return { now, today: dayOf(now, this.rules.timeZone), settings: this.rules };
  }

  /**
   * Lets in by what the engagement's stream says now, however far the read models are: who loses access loses it at once.
   * @throws {Refused} 404 before 403
   */
  async admit(subject: Subject, { caller, engagementId, accessReason }: AboutEngagement): Promise<Viewer> {
    const engagement = await this.newest(caller.tenantId, engagementId);
    const viewer = viewerFor(subject, caller, engagement && partiesOf(engagement));
    if (isNotShown(viewer)) throw notShown(viewer);
    requireReason(viewer.role, accessReason);
    return viewer;
  }

  /** As the log has it at this moment; null when there is no such engagement. */
  async newest(tenantId: string, engagementId: Id): Promise<Engagement | null> {
    return (await this.engagements.load(engagementStream(tenantId, engagementId))).state;
  }

  /**
   * What `read` finds in the rows of an engagement that is there. They may lag behind its proposal, null says so: then
   * they are waited for, a moment.
   * @throws {Refused} 503 `not-yet-projected`
   */
  async fromRows<T>(read: () => Promise<T | null>): Promise<T> {
    const found = await read();
    if (found !== null) return found;
    const head = await this.store.head();
    if (head) await this.readSide.waitUntil(head, ROWS_WAIT_MS);
    const later = await read();
    if (later !== null) return later;
    throw new Refused('not-yet-projected', 'The read models do not know this engagement yet: ask again in a moment.');
  }

  /** A list of what the engagement has, from rows. That there is nothing is believed of rows that know the engagement. */
  listFromRows<Row>(params: AboutEngagement, read: () => Promise<Slice<Row>>): Promise<Slice<Row>> {
    return this.fromRows(async () => {
      const slice = await read();
      return slice.rows.length > 0 || (await isProjected(this.db, ofEngagement(params))) ? slice : null;
    });
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
