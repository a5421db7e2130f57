import { Reason } from '../bodies/common';
import {
  AgreeStrategyBody,
  AllocateResourceBody,
  HoldCheckInBody,
  IdentifyBarrierBody,
  IdentifyResourceBody,
  MissCheckInBody,
  ReleaseResourceBody,
  RescheduleCheckInBody,
  ResolveBarrierBody,
  ScheduleCheckInBody,
} from '../bodies/support';
import { type CommandRoute, onEngagement } from '../route';

export const resourceRoutes: readonly CommandRoute[] = [
  onEngagement('IdentifyResource', 'resources', IdentifyResourceBody, {
    summary: 'Identify a resource',
    makes: 'resourceId',
  }),
  onEngagement('AllocateResource', 'resources/:resourceId/allocate', AllocateResourceBody, {
    summary: 'Allocate a resource to a milestone or an action',
  }),
  onEngagement('ReleaseResource', 'resources/:resourceId/release', ReleaseResourceBody, {
    summary: 'Release all allocations of a resource, or one',
  }),
];

export const barrierRoutes: readonly CommandRoute[] = [
  onEngagement('IdentifyBarrier', 'barriers', IdentifyBarrierBody, {
    summary: 'Identify a barrier',
    makes: 'barrierId',
  }),
  onEngagement('AgreeBarrierStrategy', 'barriers/:barrierId/strategies', AgreeStrategyBody, {
    summary: 'Agree a strategy against a barrier',
    makes: 'strategyId',
  }),
  onEngagement('ResolveBarrier', 'barriers/:barrierId/resolve', ResolveBarrierBody, { summary: 'Resolve a barrier' }),
  onEngagement('ReopenBarrier', 'barriers/:barrierId/reopen', Reason, { summary: 'Open a resolved barrier again' }),
];

export const checkInRoutes: readonly CommandRoute[] = [
  onEngagement('ScheduleCheckIn', 'check-ins', ScheduleCheckInBody, {
    summary: 'Schedule a check-in',
    makes: 'checkInId',
  }),
  onEngagement('RescheduleCheckIn', 'check-ins/:checkInId/reschedule', RescheduleCheckInBody, {
    summary: 'Move a check-in to another time',
  }),
  onEngagement('HoldCheckIn', 'check-ins/:checkInId/hold', HoldCheckInBody, {
    summary: 'Record a check-in that was held',
  }),
  onEngagement('MissCheckIn', 'check-ins/:checkInId/miss', MissCheckInBody, {
    summary: 'Record a check-in that was missed',
  }),
];
