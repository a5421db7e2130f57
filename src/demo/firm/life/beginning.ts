import { addDays, daysBetween } from '../../../engagement/calendar';
import type { Disclosable, GoalDetails, GoalSource, Id, IsoDate } from '../../../engagement/values';
import type { Aim } from '../vocabulary/aims';
import { aspirations, interests, resources, values, visions } from '../vocabulary/remarks';
import { pursueMilestones } from './milestones';
import { inDays, type Life, onDay, today } from './life';
import { meetRegularly } from './meetings';

/** Steps are due early in their share of the goal's time, so that something is soon done and the end has room. */
const EARLY = 0.35;

const disclosures: readonly (readonly [readonly Disclosable[], number])[] = [
  [['progress', 'attendance'], 4],
  [['attendance'], 3],
  [['goals', 'progress', 'attendance'], 3],
  [[], 1],
];

/** From the first contact to the agreed plan: the agreement, the vision, the goals and the way to each. */
export function begin(life: Life): void {
  const { desk, cast, random, startsOn, endsOn, engagementId } = life;
  onDay(life, addDays(startsOn, -random.whole(6, 14)), () => {
    const checkInEveryDays = random.pick([7, 14, 14, 14, 21]);
    const people = { clientId: cast.client, coachId: cast.coach, sponsorId: cast.sponsor };
    desk.submit('coach', 'ProposeEngagement', { engagementId, ...people, startsOn, endsOn, checkInEveryDays });
    inDays(life, 1, () =>
      desk.submit('client', 'SignAgreement', { party: 'client', discloses: random.weighted(disclosures) }),
    );
    inDays(life, 2, () => desk.submit('coach', 'SignAgreement', { party: 'coach', discloses: null }));
    if (cast.sponsor !== null) {
      inDays(life, random.whole(2, 9), () =>
        desk.submit('sponsor', 'SignAgreement', { party: 'sponsor', discloses: null }),
      );
    }
  });
  onDay(life, startsOn, () => {
    start(life);
  });
}

function start(life: Life): void {
  const { desk, random, aims } = life;
  // A sponsor who has not signed yet is waited for.
  if (!desk.submit('coach', 'StartEngagement', {})) {
    inDays(life, 3, () => {
      start(life);
    });
    return;
  }
  desk.submit('client', 'ArticulateVision', {
    vision: random.pick(visions),
    values: random.sample(values, 3),
    interests: random.sample(interests, 2),
    aspirations: random.sample(aspirations, 2),
  });
  const [first, ...others] = aims;
  if (first) setGoal(life, first, 1);
  others.forEach((aim, index) => {
    inDays(life, 2 + 3 * index, () => {
      setGoal(life, aim, index + 2);
    });
  });
  if (life.cast.sponsor !== null && random.chance(0.35)) proposeBySponsor(life);
  inDays(life, 5, () => {
    identifyResources(life);
  });
  inDays(life, random.whole(9, 16), () => {
    desk.submit(random.pick(['client', 'coach', 'coach'] as const), 'AgreePlan', { agreedBy: ['client', 'coach'] });
    pursueMilestones(life);
  });
  meetRegularly(life);
}

function setGoal(life: Life, aim: Aim, rank: number): void {
  const { desk, random } = life;
  const goal = draft(life, aim, random.pick(['client', 'joint', 'coach'] as const), rank);
  if (!desk.submit('client', 'SetGoal', goal)) return;
  planSteps(life, aim, goal);
}

/** The employer's wish: most clients make it their own before the plan is agreed, some turn it down. */
function proposeBySponsor(life: Life): void {
  const { desk, random, aims } = life;
  const aim = aims.at(-1);
  if (!aim) return;
  inDays(life, 3, () => {
    const goal = draft(life, { ...aim, specific: `${aim.specific}, as the employer needs it` }, 'sponsor', null);
    desk.submit('sponsor', 'SetGoal', goal);
    if (random.chance(0.3)) return;
    inDays(life, 2, () => {
      const answer = random.chance(0.6)
        ? desk.submit('client', 'AcceptGoal', { goalId: goal.goalId })
        : desk.submit('client', 'RejectGoal', { goalId: goal.goalId, reason: 'Too much beside what we have chosen' });
      if (answer?.[0]?.type === 'GoalSet') planSteps(life, aim, goal);
    });
  });
}

function draft(life: Life, aim: Aim, source: GoalSource, rank: number | null): GoalDetails {
  const { desk, random, endsOn } = life;
  const startOn = today(life);
  const whole = Math.max(40, daysBetween(startOn, endsOn));
  const due = addDays(startOn, Math.round(whole * (0.55 + 0.4 * random.next())));
  return {
    goalId: desk.newId(),
    specific: aim.specific,
    measure: aim.measure,
    attainmentScale: aim.scale,
    achievability: { confidence: random.whole(4, 9), rationale: null },
    relevance: aim.relevance,
    startOn,
    dueOn: due > endsOn ? endsOn : due,
    datesOverrideReason: null,
    source,
    weight: random.pick([1, 1, 2, 3]),
    rank,
  };
}

function planSteps(life: Life, aim: Aim, { goalId, startOn, dueOn }: GoalDetails): void {
  const { desk, random } = life;
  const days = daysBetween(startOn, dueOn);
  aim.steps.forEach((step, index) => {
    const due = addDays(startOn, Math.round((days * (index + EARLY)) / aim.steps.length));
    const milestoneId = desk.newId();
    const { title, criterion } = step;
    if (!desk.submit('coach', 'PlanMilestone', { milestoneId, goalId, title, criterion, dueOn: due, order: index + 1 }))
      return;
    for (const action of step.actions) commit(life, milestoneId, action, addDays(due, -random.whole(2, 12)));
  });
}

function commit(life: Life, milestoneId: Id, title: string, dueOn: IsoDate): void {
  const { desk, random } = life;
  desk.submit('client', 'CommitAction', {
    actionId: desk.newId(),
    milestoneId,
    title,
    owner: random.weighted([
      ['client', 8],
      ['coach', 1],
    ] as const),
    dueOn: dueOn > today(life) ? dueOn : addDays(today(life), 1),
    commitment: random.whole(5, 10),
  });
}

function identifyResources(life: Life): void {
  const { desk, random } = life;
  const milestones = Object.keys(desk.state()?.milestones ?? {});
  for (const [kind, description, amount] of random.sample(resources, random.whole(1, 3))) {
    const resourceId = desk.newId();
    const euros = (value: number) => ({ amount: value.toFixed(2), currency: 'EUR' });
    desk.submit('coach', 'IdentifyResource', {
      resourceId,
      kind,
      description,
      budget: amount === null ? null : euros(amount),
    });
    if (milestones.length === 0) continue;
    for (const to of random.sample(milestones, 2)) {
      // Some ask for more than there is, and are refused.
      const share = amount === null ? null : euros(Math.round(amount * (0.2 + 0.5 * random.next())));
      desk.submit('coach', 'AllocateResource', { resourceId, to, amount: share });
    }
  }
}
