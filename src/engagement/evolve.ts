import type { Engagement, Goal } from './engagement';
import type { PastEngagementEvent } from './events';
import { activate, deactivate, endStretch, reopen } from './evolve-phase';
import { activeGoal, addAction, applyPlanChange, fixBaseline } from './evolve-plan';
import { changeThing, dropMilestone, placeMilestone, withThing } from './evolve-things';
import type { Id } from './values';

/**
 * The state after one more event. Total: an event that can't be placed in this state (its thing is not there, since the
 * fold was given a part of the stream only) changes nothing. Null is the state before the engagement was proposed.
 */
export function evolve(state: Engagement | null, event: PastEngagementEvent): Engagement | null {
  if (event.type === 'EngagementProposed') return state ?? propose(event);
  return state && evolveProposed(state, event);
}

function propose(event: Extract<PastEngagementEvent, { type: 'EngagementProposed' }>): Engagement {
  return {
    ...event.data,
    phase: {
      status: 'preparing',
      startedAt: null,
      endedAt: null,
      lastChangeAt: event.occurredAt,
      activeStretches: [],
    },
    signatures: [],
    vision: null,
    plan: { revision: 0, agreedAt: null, lastAdaptedAt: null, adaptations: [], effectiveOn: null },
    goals: {},
    milestones: {},
    actions: {},
    resources: {},
    barriers: {},
    checkIns: {},
    otherIds: {},
  };
}

type LaterEvent = Exclude<PastEngagementEvent, { type: 'EngagementProposed' }>;

function evolveProposed(state: Engagement, event: LaterEvent): Engagement {
  switch (event.type) {
    case 'AgreementSigned': {
      const { party, discloses } = event.data;
      const others = state.signatures.filter((signature) => signature.party !== party);
      return { ...state, signatures: [...others, { party, discloses: discloses ?? [], eventId: event.eventId }] };
    }
    case 'CoachReassigned':
      return {
        ...state,
        coachId: event.data.coachId,
        signatures: state.signatures.filter((signature) => signature.party !== 'coach'),
      };
    case 'EngagementStarted':
      return { ...state, phase: activate({ ...state.phase, startedAt: event.occurredAt }, event) };
    case 'EngagementPaused':
      return { ...state, phase: deactivate(state.phase, 'paused', event) };
    case 'EngagementResumed':
      return { ...state, phase: activate(state.phase, event) };
    case 'EngagementCompleted':
      return { ...state, phase: { ...deactivate(state.phase, 'completed', event), endedAt: event.occurredAt } };
    case 'EngagementEndedEarly':
      return { ...state, phase: { ...deactivate(state.phase, 'ended-early', event), endedAt: event.occurredAt } };
    case 'EngagementReopened':
      return { ...state, phase: reopen(state.phase, event) };
    case 'EngagementExtended':
      return { ...state, endsOn: event.data.endsOn };
    case 'CareerVisionArticulated':
      return { ...state, vision: event.data };

    case 'GoalProposed':
      return withThing(state, 'goals', event.data.goalId, {
        ...activeGoal(event.data, event.occurredOn),
        lifecycle: 'proposed',
        activeSince: null,
      });
    case 'GoalSet':
      return withThing(state, 'goals', event.data.goalId, activeGoal(event.data, event.occurredOn));
    case 'GoalRejected':
      return changeGoal(state, event.data.goalId, { lifecycle: 'rejected' });
    case 'GoalPutOnHold':
      return changeGoal(state, event.data.goalId, { lifecycle: 'on-hold' });
    case 'GoalResumed':
      return changeGoal(state, event.data.goalId, { lifecycle: 'active', activeSince: event.occurredOn });
    case 'GoalAchieved':
      return changeGoal(state, event.data.goalId, { lifecycle: 'completed' });
    case 'GoalAbandoned':
      return changeGoal(state, event.data.goalId, {
        lifecycle: 'cancelled',
        dropOutcome: event.data.notAttainable ? 'not-attainable' : 'not-attained',
      });
    case 'GoalsPrioritised':
      return event.data.order.reduce((result, goalId, index) => changeGoal(result, goalId, { rank: index + 1 }), state);
    case 'ProgressRecorded':
    case 'GoalAttainmentScored':
      // Observations belong to the measures (measures/facts.ts): a decision needs none of them.
      return state;

    case 'MilestonePlanned':
      return placeMilestone(state, event.data);
    case 'MilestoneReached':
      return changeThing(state, 'milestones', event.data.milestoneId, {
        state: 'reached',
        reachedOn: event.data.reachedOn,
      });
    case 'MilestoneMissed':
      return changeThing(state, 'milestones', event.data.milestoneId, { state: 'missed' });
    case 'MilestoneReopened':
      return changeThing(state, 'milestones', event.data.milestoneId, { state: 'planned', reachedOn: null });
    case 'MilestoneDropped':
      return dropMilestone(state, event.data.milestoneId, event.occurredOn);

    case 'ActionCommitted':
      return addAction(state, event.data);
    case 'ActionCompleted':
      return changeThing(state, 'actions', event.data.actionId, {
        state: 'completed',
        completedOn: event.data.completedOn,
      });
    case 'ActionDropped':
      return changeThing(state, 'actions', event.data.actionId, { state: 'dropped' });

    case 'ResourceIdentified':
      return withThing(state, 'resources', event.data.resourceId, {
        ...event.data,
        allocated: [],
        state: 'identified',
      });
    case 'ResourceAllocated': {
      const { resourceId, to, amount } = event.data;
      const allocated = [...(state.resources[resourceId]?.allocated ?? []), { to, amount }];
      return changeThing(state, 'resources', resourceId, { allocated, state: 'allocated' });
    }
    case 'ResourceReleased': {
      const { resourceId, to } = event.data;
      const allocated = (state.resources[resourceId]?.allocated ?? []).filter((one) => to !== null && one.to !== to);
      return changeThing(state, 'resources', resourceId, {
        allocated,
        state: allocated.length === 0 ? 'released' : 'allocated',
      });
    }

    case 'BarrierIdentified':
      return withThing(state, 'barriers', event.data.barrierId, {
        ...event.data,
        state: 'open',
        openStretches: [{ from: event.occurredOn, to: null }],
        strategies: [],
      });
    case 'BarrierStrategyAgreed': {
      const { barrierId, strategyId, description } = event.data;
      const barrier = state.barriers[barrierId];
      if (!barrier) return state;
      const strategies = [...barrier.strategies, { strategyId, description }];
      return withOtherId(changeThing(state, 'barriers', barrierId, { strategies }), strategyId, 'strategy');
    }
    case 'BarrierResolved': {
      const { barrierId, resolvedOn } = event.data;
      const openStretches = endStretch(state.barriers[barrierId]?.openStretches ?? [], resolvedOn);
      return changeThing(state, 'barriers', barrierId, { state: 'resolved', openStretches });
    }
    case 'BarrierReopened': {
      const barrier = state.barriers[event.data.barrierId];
      if (!barrier || barrier.state === 'open') return state;
      const openStretches = [...barrier.openStretches, { from: event.occurredOn, to: null }];
      return changeThing(state, 'barriers', barrier.barrierId, { state: 'open', openStretches });
    }

    case 'CheckInScheduled':
      return withThing(state, 'checkIns', event.data.checkInId, {
        ...event.data,
        state: 'scheduled',
        heldAt: null,
        summary: null,
        confidence: null,
        missedBy: null,
        missedOn: null,
      });
    case 'CheckInRescheduled':
      return changeThing(state, 'checkIns', event.data.checkInId, {
        state: 'scheduled',
        scheduledFor: event.data.scheduledFor,
        missedBy: null,
        missedOn: null,
      });
    case 'CheckInHeld': {
      const { checkInId, heldAt, summary, confidence } = event.data;
      return changeThing(state, 'checkIns', checkInId, { state: 'held', heldAt, summary, confidence });
    }
    case 'CheckInMissed': {
      const { checkInId, by } = event.data;
      return changeThing(state, 'checkIns', checkInId, { state: 'missed', missedBy: by, missedOn: event.occurredOn });
    }

    case 'PlanAgreed':
      return fixBaseline({
        ...state,
        plan: {
          ...state.plan,
          revision: event.data.revision,
          agreedAt: event.occurredAt,
          effectiveOn: event.data.effectiveOn,
        },
      });
    case 'PlanAdapted': {
      const { revision, reasonCode, effectiveOn, changes } = event.data;
      const adapted = changes.reduce((result, change) => applyPlanChange(result, change, effectiveOn), state);
      const adaptations = [...state.plan.adaptations, { revision, reasonCode, effectiveOn }];
      return {
        ...adapted,
        plan: { ...state.plan, revision, lastAdaptedAt: event.occurredAt, adaptations, effectiveOn },
      };
    }

    case 'AchievementCelebrated':
      return withOtherId(state, event.data.celebrationId, 'celebration');
    case 'SetbackRecorded':
      return withOtherId(state, event.data.setbackId, 'setback');
    case 'LessonLearned':
      return state;
    case 'NoteRecorded':
      return withOtherId(state, event.data.noteId, 'note');
    default:
      return event satisfies never;
  }
}

function changeGoal(state: Engagement, goalId: Id, change: Partial<Goal>): Engagement {
  return changeThing(state, 'goals', goalId, change);
}

function withOtherId(state: Engagement, id: Id, kind: Engagement['otherIds'][Id]): Engagement {
  return { ...state, otherIds: { ...state.otherIds, [id]: kind } };
}
