import { actions, goals, milestones, observations } from '../../../projections/progress/tables';
import type { EngagementEventType } from '../../engagement/events';
import { foldFacts } from '../../engagement/measures/facts';
import type { Id } from '../../engagement/values';
import type { StoredEvent } from '../../event-store/event-store';
import { type EngagementModel, type Step, touchedThings } from '../fold';

/** What says which goals and observations there are, and of which target: a fold of these gives every observation. */
const SPEAK_OF_OBSERVATIONS = new Set<EngagementEventType>([
  'EngagementProposed',
  'GoalProposed',
  'GoalSet',
  'PlanAdapted',
  'ProgressRecorded',
  'GoalAttainmentScored',
]);

export const progress: EngagementModel = {
  name: 'progress',
  scope: 'engagementId',
  tables: [goals, milestones, actions, observations],
  begin: (book) => {
    const origins = createOrigins();
    return {
      take: (step) => {
        const { event } = step;
        for (const goal of touchedThings(step, 'goals')) book.put(goals, event, goal);
        for (const milestone of touchedThings(step, 'milestones')) book.put(milestones, event, milestone);
        for (const action of touchedThings(step, 'actions')) book.put(actions, event, action);
        origins.take(step);
      },
      finish: (events) => {
        const facts = foldFacts(events.filter(({ type }) => SPEAK_OF_OBSERVATIONS.has(type)));
        for (const { eventId, retargets, ...observation } of facts?.observations ?? []) {
          const origin = origins.of(eventId);
          if (!origin) continue;
          const now = facts?.engagement.goals[observation.goalId]?.retargets ?? retargets;
          const row = { ...observation, observationId: eventId, retargetsSince: now - retargets };
          book.place(observations, row, origin);
        }
      },
    };
  },
};

type Origin = { readonly goalId: Id; readonly madeBy: StoredEvent; changedBy: StoredEvent };

/** Which events made and changed each observation: its own, those that correct it, and a new target of its goal. */
function createOrigins() {
  const byId = new Map<Id, Origin>();
  return {
    take: (step: Step): void => {
      const { event, past, before } = step;
      if (past.type === 'ProgressRecorded' || past.type === 'GoalAttainmentScored') {
        const { goalId, corrects } = past.data;
        const corrected = corrects === null ? undefined : byId.get(corrects);
        if (corrected) corrected.changedBy = event;
        byId.set(event.eventId, { goalId, madeBy: event, changedBy: event });
      }
      for (const { goalId, retargets } of touchedThings(step, 'goals')) {
        if (retargets === (before?.goals[goalId]?.retargets ?? 0)) continue;
        for (const origin of byId.values()) if (origin.goalId === goalId) origin.changedBy = event;
      }
    },
    of: (eventId: Id): Origin | undefined => byId.get(eventId),
  };
}
