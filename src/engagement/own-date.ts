import { dayOf } from './calendar';
import type { PastEngagementEvent } from './events';
import type { IsoDate } from './values';

/**
 * The day an event belongs to when the record is read as of a day: the date it speaks of, else the day it occurred.
 * `timeZone` is the tenant's, an IANA name; it places a check-in that was held on its day.
 */
export function ownDateOf(event: PastEngagementEvent, timeZone: string): IsoDate {
  switch (event.type) {
    case 'PlanAgreed':
    case 'PlanAdapted':
      return event.data.effectiveOn;
    case 'MilestoneReached':
      return event.data.reachedOn;
    case 'ActionCompleted':
      return event.data.completedOn;
    case 'ProgressRecorded':
    case 'GoalAttainmentScored':
      return event.data.observedOn;
    case 'BarrierResolved':
      return event.data.resolvedOn;
    case 'GoalAchieved':
      return event.data.achievedOn;
    case 'CheckInHeld':
      return dayOf(event.data.heldAt, timeZone);
    default:
      return event.occurredOn;
  }
}
