import {
  disclosureOf,
  type Engagement,
  isOpenAction,
  isOpenMilestone,
  missingSignatures,
  requiredParties,
  stateOf,
} from '../../engagement/engagement';
import { achievementOf } from '../../engagement/measures/achievement';
import { completionOf } from '../../engagement/measures/completion';
import type { Facts } from '../../engagement/measures/facts';
import type { HealthSettings } from '../../engagement/measures/fired-rule';
import type { Id, Instant, IsoDate } from '../../engagement/values';
import type { CurrentFacts } from './current-facts';
import type { LastCheckIn, NextCheckIn, Overview, OverviewGoal, Party } from './shapes';
import { toHealth } from './to-health';

/** When and by which terms things as they stand are looked at. */
export type Present = { readonly now: Instant; readonly today: IsoDate; readonly settings: HealthSettings };
/** Of those people who are registered. */
export type Names = ReadonlyMap<Id, string>;

/** The whole overview; what a reader may not see is taken out afterwards. */
export function toOverview({ facts, revision }: CurrentFacts, names: Names, present: Present): Overview {
  const { engagement } = facts;
  const { sponsorId, phase, plan } = engagement;
  const missing = missingSignatures(engagement);
  return {
    engagementId: engagement.engagementId,
    revision,
    state: stateOf(engagement),
    client: toParty(engagement.clientId, names),
    coach: toParty(engagement.coachId, names),
    sponsor: sponsorId === null ? null : toParty(sponsorId, names),
    startsOn: engagement.startsOn,
    endsOn: engagement.endsOn,
    startedAt: phase.startedAt,
    endedAt: phase.endedAt,
    agreement: {
      signed: requiredParties(engagement).filter((party) => !missing.includes(party)),
      missing,
      discloses: disclosureOf(engagement).discloses,
    },
    vision: engagement.vision && toVision(engagement.vision),
    plan: { revision: plan.revision, agreedAt: plan.agreedAt, lastAdaptedAt: plan.lastAdaptedAt },
    goals: toGoals(facts, present.today),
    lastCheckIn: lastCheckIn(engagement),
    nextCheckIn: nextCheckIn(engagement, present.now),
    open: {
      milestones: Object.values(engagement.milestones).filter(isOpenMilestone).length,
      actions: Object.values(engagement.actions).filter(isOpenAction).length,
      barriers: Object.values(engagement.barriers).filter(({ state }) => state === 'open').length,
    },
    health: toHealth(facts, present.today, present.settings),
  };
}

export function toParty(participantId: Id, names: Names): Party {
  return { participantId, name: names.get(participantId) ?? null };
}

/** The one held last; null when none was. */
export function lastCheckIn({ checkIns }: Pick<Engagement, 'checkIns'>): LastCheckIn | null {
  const held = Object.values(checkIns).flatMap(({ checkInId, state, heldAt }) =>
    state === 'held' && heldAt !== null ? [{ checkInId, heldAt }] : [],
  );
  return held.sort((a, b) => Date.parse(b.heldAt) - Date.parse(a.heldAt))[0] ?? null;
}

/** The first one that is scheduled for a time to come; null when none is. */
export function nextCheckIn({ checkIns }: Pick<Engagement, 'checkIns'>, now: Instant): NextCheckIn | null {
  const ahead = Object.values(checkIns).flatMap(({ checkInId, state, scheduledFor }) =>
    state === 'scheduled' && Date.parse(scheduledFor) > Date.parse(now) ? [{ checkInId, scheduledFor }] : [],
  );
  return ahead.sort((a, b) => Date.parse(a.scheduledFor) - Date.parse(b.scheduledFor))[0] ?? null;
}

function toVision({ vision, values, interests, aspirations }: NonNullable<Engagement['vision']>): Overview['vision'] {
  return { vision, values, interests, aspirations };
}

function toGoals(facts: Facts, today: IsoDate): readonly OverviewGoal[] {
  const milestones = Object.values(facts.engagement.milestones);
  return Object.values(facts.engagement.goals).map((goal) => ({
    goalId: goal.goalId,
    specific: goal.specific,
    source: goal.source,
    lifecycle: goal.lifecycle,
    achievement: achievementOf(facts, goal, today),
    rank: goal.rank,
    weight: goal.weight,
    startOn: goal.startOn,
    dueOn: goal.dueOn,
    baselineDueOn: goal.baselineDueOn,
    completion: completionOf(milestones.filter(({ goalId }) => goalId === goal.goalId)).current,
  }));
}
