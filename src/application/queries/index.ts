import type { Provider } from '@nestjs/common';
import { GetBriefHandler } from './brief-handler';
import { GetCaseloadHandler } from './caseload-handler';
import { FollowFeedHandler, ReadFeedHandler } from './feed-handlers';
import { GetAnalyticsHandler, GetParticipantHandler, ListProjectionsHandler } from './firm-handlers';
import {
  ListBarriersHandler,
  ListCheckInsHandler,
  ListDisclosuresHandler,
  ListNotesHandler,
  ListResourcesHandler,
} from './list-handlers';
import { GetEngagementHandler, ListEngagementsHandler } from './overview-handlers';
import { GetPreferencesHandler, ListNotificationsHandler } from './notification-handlers';
import { GetPlanDiffHandler, GetPlanHandler, GetProgressHandler } from './plan-handlers';
import { Reading } from './reading';
import { ListAuditHandler, ListPlanRevisionsHandler } from './record-handlers';

/** What answers the queries, for the module that has the QueryBus. */
export const queryHandlers: readonly Provider[] = [
  Reading,
  GetEngagementHandler,
  ListEngagementsHandler,
  GetProgressHandler,
  GetPlanHandler,
  GetPlanDiffHandler,
  ListPlanRevisionsHandler,
  ListAuditHandler,
  GetBriefHandler,
  ListCheckInsHandler,
  ListBarriersHandler,
  ListNotesHandler,
  ListResourcesHandler,
  ListDisclosuresHandler,
  ListNotificationsHandler,
  GetPreferencesHandler,
  GetCaseloadHandler,
  GetAnalyticsHandler,
  GetParticipantHandler,
  ListProjectionsHandler,
  ReadFeedHandler,
  FollowFeedHandler,
];
