/**
 * What the QueryBus carries, one class a query. Handlers throw `Refused`. `accessReason` is the header `Access-Reason`
 * as it came, null without one.
 */
import { Query } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller';
import type { EngagementStateName } from '../../engagement/engagement';
import type { Id, Instant, IsoDate } from '../../engagement/values';
import type { CloudEvent } from '../../integrations/cloud-events/cloud-event';
import type { JsonValue, Order, Page, PageOf } from './page';
import type {
  AnalyticsTable,
  AuditEntry,
  BarrierShape,
  Brief,
  CaseloadItem,
  CheckInShape,
  Disclosure,
  HealthLevel,
  Note,
  Notification,
  Overview,
  ParticipantShape,
  Plan,
  PlanDiff,
  PlanRevision,
  PreferencesShape,
  Progress,
  ProjectionStatus,
  ResourceShape,
} from './shapes';

type Asked = { readonly caller: Caller };
type AskedWithReason = Asked & { readonly accessReason: string | null };
/** Beside its own parameters, what every query about one engagement is told. */
export type AboutEngagement = AskedWithReason & { readonly engagementId: Id };
type Paged = { readonly page: Page };

/** The next events of the feed, each with the place after it; `upTo` is the place after everything that was passed. */
export type FeedPart = {
  readonly items: readonly { readonly event: CloudEvent; readonly place: JsonValue }[];
  readonly upTo: JsonValue;
};

abstract class QueryOf<Params, Result> extends Query<Result> {
  constructor(readonly params: Params) {
    super();
  }
}

/** Null parameters do not filter. */
export class ListEngagements extends QueryOf<
  AskedWithReason &
    Paged & {
      readonly coachId: Id | null;
      readonly clientId: Id | null;
      readonly state: EngagementStateName | null;
      readonly health: HealthLevel | null;
    },
  PageOf<Overview>
> {}

export class GetEngagement extends QueryOf<AboutEngagement, Overview> {}

/** `asOf` null: today, as the read models have it. */
export class GetProgress extends QueryOf<AboutEngagement & { readonly asOf: IsoDate | null }, Progress> {}

/** All three null: now, as the read models have it. `revision` goes with neither of the others. */
export class GetPlan extends QueryOf<
  AboutEngagement & {
    readonly revision: number | null;
    readonly asOf: IsoDate | null;
    readonly knownAt: Instant | null;
  },
  Plan
> {}

export class ListPlanRevisions extends QueryOf<
  AboutEngagement & Paged & { readonly order: Order },
  PageOf<PlanRevision>
> {}

export class GetPlanDiff extends QueryOf<AboutEngagement & { readonly from: number; readonly to: number }, PlanDiff> {}

/** `types` empty: all. `from` and `to` are days of `occurredAt`, both included. */
export class ListAudit extends QueryOf<
  AboutEngagement &
    Paged & {
      readonly types: readonly string[];
      readonly actor: Id | null;
      readonly from: IsoDate | null;
      readonly to: IsoDate | null;
      readonly order: Order;
    },
  PageOf<AuditEntry>
> {}

export class ListCheckIns extends QueryOf<AboutEngagement & Paged, PageOf<CheckInShape>> {}
export class ListBarriers extends QueryOf<AboutEngagement & Paged, PageOf<BarrierShape>> {}
export class ListNotes extends QueryOf<AboutEngagement & Paged, PageOf<Note>> {}
export class ListResources extends QueryOf<AboutEngagement & Paged, PageOf<ResourceShape>> {}

/** `since` null: the last check-in that was held. */
export class GetBrief extends QueryOf<AboutEngagement & { readonly since: Instant | null }, Brief> {}

export class ListDisclosures extends QueryOf<AboutEngagement & Paged, PageOf<Disclosure>> {}
export class ListNotifications extends QueryOf<AboutEngagement & Paged, PageOf<Notification>> {}

/** `coachId` null: the caller's own. */
export class GetCaseload extends QueryOf<
  AskedWithReason & Paged & { readonly coachId: Id | null },
  PageOf<CaseloadItem>
> {}

/** `view` as in the path; an unknown one is not found. */
export class GetAnalytics extends QueryOf<Asked & { readonly view: string }, AnalyticsTable> {}

export class GetParticipant extends QueryOf<Asked & { readonly participantId: Id }, ParticipantShape> {}
export class GetPreferences extends QueryOf<Asked & { readonly participantId: Id }, PreferencesShape> {}

export class ListProjections extends QueryOf<Asked & Paged, PageOf<ProjectionStatus>> {}

/** What other systems get to know, in log order. `types` empty: all. Its `next` is never null: it goes on later. */
export class ReadFeed extends QueryOf<Asked & Paged & { readonly types: readonly string[] }, PageOf<CloudEvent>> {}

/** The same as it comes in, until `signal` aborts. */
export class FollowFeed extends QueryOf<
  Asked & { readonly types: readonly string[]; readonly after: JsonValue | null; readonly signal: AbortSignal },
  AsyncIterable<FeedPart>
> {}
