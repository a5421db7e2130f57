import type { Id } from '../../engagement/values';
import {
  GetAnalytics,
  GetBrief,
  GetCaseload,
  GetEngagement,
  GetParticipant,
  GetPlan,
  GetPlanDiff,
  GetPreferences,
  GetProgress,
  ListAudit,
  ListBarriers,
  ListCheckIns,
  ListDisclosures,
  ListEngagements,
  ListNotes,
  ListNotifications,
  ListPlanRevisions,
  ListProjections,
  ListResources,
  ReadFeed,
} from '../../application/queries/queries';
import type { AboutEngagement } from '../../application/queries/queries';
import {
  AuditParameters,
  BriefParameters,
  CaseloadParameters,
  DiffParameters,
  EngagementListParameters,
  FeedParameters,
  ListParameters,
  PlanParameters,
  ProgressParameters,
  QueryParameters,
  RevisionListParameters,
} from './parameters';
import { type Asked, many, one, type QueryRoute } from './route';

const at = (rest: string): string => `/v1/engagements/:engagementId${rest}`;
const about = ({ caller, accessReason, inPath }: Asked): AboutEngagement & { readonly engagementId: Id } => ({
  caller,
  accessReason,
  engagementId: inPath('engagementId'),
});

export const engagementQueries: readonly QueryRoute[] = [
  many(
    'ListEngagements',
    {
      path: '/v1/engagements',
      summary: 'The engagements that the caller may see',
      parameters: EngagementListParameters,
      shape: 'Overview',
    },
    ({ caller, accessReason, page }, { coachId, clientId, state, health }) =>
      new ListEngagements({ caller, accessReason, page, coachId, clientId, state, health }),
  ),
  one(
    'GetEngagement',
    { path: at(''), summary: 'The engagement as it stands', parameters: QueryParameters, shape: 'Overview' },
    (asked) => new GetEngagement(about(asked)),
  ),
  one(
    'GetProgress',
    {
      path: at('/progress'),
      summary: 'How far it has come, now or as of a day',
      parameters: ProgressParameters,
      shape: 'Progress',
    },
    (asked, { asOf }) => new GetProgress({ ...about(asked), asOf }),
  ),
  one(
    'GetBrief',
    {
      path: at('/brief'),
      summary: 'What was recorded since the last check-in, or since an instant',
      parameters: BriefParameters,
      shape: 'Brief',
    },
    (asked, { since }) => new GetBrief({ ...about(asked), since }),
  ),
  many(
    'ListCheckIns',
    { path: at('/check-ins'), summary: 'The check-ins', parameters: ListParameters, shape: 'CheckIn' },
    (asked) => new ListCheckIns({ ...about(asked), page: asked.page }),
  ),
  many(
    'ListBarriers',
    { path: at('/barriers'), summary: 'The barriers', parameters: ListParameters, shape: 'Barrier' },
    (asked) => new ListBarriers({ ...about(asked), page: asked.page }),
  ),
  many(
    'ListNotes',
    { path: at('/notes'), summary: 'The notes that the caller may see', parameters: ListParameters, shape: 'Note' },
    (asked) => new ListNotes({ ...about(asked), page: asked.page }),
  ),
  many(
    'ListResources',
    { path: at('/resources'), summary: 'The resources', parameters: ListParameters, shape: 'Resource' },
    (asked) => new ListResources({ ...about(asked), page: asked.page }),
  ),
];

export const historyQueries: readonly QueryRoute[] = [
  one(
    'GetPlan',
    {
      path: at('/plan'),
      summary: 'The plan now, at a revision, as of a day, or as it was known at an instant',
      parameters: PlanParameters,
      shape: 'Plan',
    },
    (asked, { revision, asOf, knownAt }) => new GetPlan({ ...about(asked), revision, asOf, knownAt }),
  ),
  many(
    'ListPlanRevisions',
    {
      path: at('/plan/revisions'),
      summary: 'How the plan changed, why, and who agreed',
      parameters: RevisionListParameters,
      shape: 'PlanRevision',
    },
    (asked, { order }) => new ListPlanRevisions({ ...about(asked), page: asked.page, order }),
  ),
  one(
    'GetPlanDiff',
    {
      path: at('/plan/diff'),
      summary: 'What is different between two revisions of the plan',
      parameters: DiffParameters,
      shape: 'PlanDiff',
    },
    (asked, { from, to }) => new GetPlanDiff({ ...about(asked), from, to }),
  ),
  many(
    'ListAudit',
    {
      path: at('/audit'),
      summary: 'Every event of the engagement: who, when, what',
      parameters: AuditParameters,
      shape: 'AuditEntry',
    },
    (asked, { type, actor, from, to, order }) =>
      new ListAudit({ ...about(asked), page: asked.page, types: type, actor, from, to, order }),
  ),
  many(
    'ListDisclosures',
    {
      path: at('/disclosures'),
      summary: 'Who was shown what, and under which consent',
      parameters: ListParameters,
      shape: 'Disclosure',
    },
    (asked) => new ListDisclosures({ ...about(asked), page: asked.page }),
  ),
  many(
    'ListNotifications',
    {
      path: at('/notifications'),
      summary: 'Who was told of what, when, by which rule',
      parameters: ListParameters,
      shape: 'Notification',
    },
    (asked) => new ListNotifications({ ...about(asked), page: asked.page }),
  ),
];

export const otherQueries: readonly QueryRoute[] = [
  many(
    'GetCaseload',
    {
      path: '/v1/caseload',
      summary: "A coach's engagements, the most urgent first",
      parameters: CaseloadParameters,
      shape: 'CaseloadItem',
    },
    ({ caller, accessReason, page }, { coachId }) => new GetCaseload({ caller, accessReason, page, coachId }),
  ),
  one(
    'GetAnalytics',
    {
      path: '/v1/analytics/:view',
      summary: 'A table over many engagements, as JSON or CSV',
      parameters: QueryParameters,
      shape: 'AnalyticsTable',
      words: ['view'],
    },
    ({ caller, inPath }) => new GetAnalytics({ caller, view: inPath('view') }),
  ),
  one(
    'GetParticipant',
    { path: '/v1/participants/:participantId', summary: 'A person', parameters: QueryParameters, shape: 'Participant' },
    ({ caller, inPath }) => new GetParticipant({ caller, participantId: inPath('participantId') }),
  ),
  one(
    'GetPreferences',
    {
      path: '/v1/participants/:participantId/preferences',
      summary: 'How, and of what, a person wants to be told',
      parameters: QueryParameters,
      shape: 'Preferences',
    },
    ({ caller, inPath }) => new GetPreferences({ caller, participantId: inPath('participantId') }),
  ),
  many(
    'ListProjections',
    {
      path: '/v1/projections',
      summary: 'How far each read model has come',
      parameters: ListParameters,
      shape: 'ProjectionStatus',
    },
    ({ caller, page }) => new ListProjections({ caller, page }),
  ),
];

export const feedQuery: QueryRoute = many(
  'ReadFeed',
  {
    path: '/v1/feed',
    summary: 'What happened, in the order of the log, as CloudEvents; live with Accept: text/event-stream',
    parameters: FeedParameters,
    shape: 'CloudEvent',
    cursorsOf: 'tenant',
  },
  ({ caller, page }, { types }) => new ReadFeed({ caller, page, types }),
);
