import { addDays, daysBetween } from '../../../engagement/calendar';
import type { Id, IsoDate, ReasonCode } from '../../../engagement/values';
import { barrierOutcomes, barriers, completions, earlyEnds, pauseReasons, setbacks } from '../vocabulary/remarks';
import { adapt } from './adaptations';
import { active, inDays, type Life, onDay, today } from './life';

const spontaneousReasons: readonly (readonly [ReasonCode, number])[] = [
  ['circumstances', 5],
  ['opportunity', 3],
  ['learning', 3],
  ['reprioritised', 3],
  ['sponsor-request', 1],
  ['data-correction', 1],
];

/** How often something happens in one engagement: each number of times with its weight. */
type Often = readonly (readonly [times: number, weight: number])[];

const turns: readonly { readonly often: Often; readonly take: (life: Life) => void }[] = [
  { often: times(2, 4, 3, 1), take: meetBarrier },
  { often: times(2, 4, 3, 2), take: changeMinds },
  { often: times(6, 4), take: sufferSetback },
  { often: times(88, 12), take: pause },
  { often: times(92, 8), take: restGoal },
  { often: times(97, 3), take: changeCoach },
];

function times(...weights: readonly number[]): Often {
  return weights.map((weight, index) => [index, weight]);
}

/** What nobody planned, and how it ends: barriers, setbacks, changes of mind, pauses, other coaches, the end. */
export function takeTurns(life: Life): void {
  const { random, startsOn, endsOn } = life;
  const length = daysBetween(startsOn, endsOn);
  const sometime = (): IsoDate => addDays(startsOn, random.whole(18, Math.max(20, length - 10)));
  for (const { often, take } of turns) {
    for (let left = random.weighted(often); left > 0; left -= 1) {
      onDay(life, sometime(), () => {
        take(life);
      });
    }
  }
  end(life, sometime());
}

function changeMinds(life: Life): void {
  adapt(life, life.random.weighted(spontaneousReasons), []);
}

function meetBarrier(life: Life): void {
  const { desk, random } = life;
  const state = active(life);
  if (!state) return;
  const [category, description, strategies] = random.pick(barriers);
  const barrierId = desk.newId();
  const severity = random.weighted([
    [1, 1],
    [2, 3],
    [3, 4],
    [4, 3],
    [5, 1],
  ] as const);
  const affects = random.sample(Object.keys(state.milestones), random.whole(0, 2));
  const identified = desk.submit('coach', 'IdentifyBarrier', { barrierId, category, description, severity, affects });
  if (!identified) return;
  inDays(life, random.whole(0, 6), () => {
    desk.submit('coach', 'AgreeBarrierStrategy', {
      barrierId,
      strategyId: desk.newId(),
      description: random.pick(strategies),
    });
  });
  if (severity >= 3 && random.chance(0.55)) {
    inDays(life, random.whole(2, 12), () => {
      adapt(
        life,
        'barrier',
        identified.map((event) => event.eventId),
      );
    });
  }
  if (random.chance(0.85)) resolveLater(life, barrierId, random.whole(4, 25 + 8 * severity), random.chance(0.1));
}

function resolveLater(life: Life, barrierId: Id, days: number, returns: boolean): void {
  const { desk, random } = life;
  inDays(life, days, () => {
    const outcome = random.pick(barrierOutcomes);
    desk.submit('client', 'ResolveBarrier', { barrierId, outcome, resolvedOn: today(life) });
    if (!returns) return;
    inDays(life, random.whole(5, 20), () => {
      desk.submit('client', 'ReopenBarrier', { barrierId, reason: 'It came back' });
      resolveLater(life, barrierId, random.whole(3, 20), false);
    });
  });
}

function sufferSetback(life: Life): void {
  const { desk, random } = life;
  if (!active(life)) return;
  const [description, lesson] = random.pick(setbacks);
  const recorded = desk.submit('client', 'RecordSetback', {
    setbackId: desk.newId(),
    description,
    lesson: random.chance(0.8) ? lesson : null,
  });
  if (!recorded || !random.chance(0.5)) return;
  inDays(life, random.whole(2, 9), () => {
    adapt(
      life,
      'setback',
      recorded.slice(0, 1).map((event) => event.eventId),
    );
  });
}

function pause(life: Life): void {
  const { desk, random } = life;
  if (!desk.submit('coach', 'PauseEngagement', { reason: random.pick(pauseReasons) })) return;
  inDays(life, random.whole(12, 45), () => {
    desk.submit('coach', 'ResumeEngagement', {});
  });
}

function restGoal(life: Life): void {
  const { desk, random } = life;
  const goal = Object.values(active(life)?.goals ?? {}).find((one) => one.lifecycle === 'active');
  if (
    !goal ||
    !desk.submit('client', 'PutGoalOnHold', { goalId: goal.goalId, reason: 'The other one needs all strength' })
  )
    return;
  inDays(life, random.whole(14, 60), () => {
    desk.submit('client', 'ResumeGoal', { goalId: goal.goalId });
  });
}

function changeCoach(life: Life): void {
  const { desk, standIn } = life;
  if (!desk.submit('coach', 'ReassignCoach', { coachId: standIn, reason: 'The former coach left the firm' })) return;
  inDays(life, 2, () => desk.submit('coach', 'SignAgreement', { party: 'coach', discloses: null }));
}

/** Most engagements are completed around their last day, some are extended first, some end early, some just fade. */
function end(life: Life, sometime: IsoDate): void {
  const { desk, random, endsOn } = life;
  const course = random.weighted([
    ['complete', 74],
    ['extend', 12],
    ['early', 9],
    ['fade', 5],
  ] as const);
  if (course === 'early') {
    onDay(life, sometime, () => {
      desk.submit(random.pick(['client', 'client', 'coach'] as const), 'EndEngagementEarly', {
        reason: random.pick(earlyEnds),
      });
    });
  }
  if (course === 'complete') {
    onDay(life, addDays(endsOn, -random.whole(0, 6)), () => {
      complete(life);
    });
  }
  if (course === 'extend') {
    const until = addDays(endsOn, random.whole(30, 60));
    onDay(life, addDays(endsOn, -10), () => {
      desk.submit('coach', 'ExtendEngagement', { endsOn: until, reason: 'One goal needs a little longer' });
    });
    onDay(life, addDays(until, -2), () => {
      complete(life);
    });
  }
}

function complete(life: Life): void {
  const { desk, random } = life;
  if (desk.state()?.phase.status === 'paused') {
    // Nobody completes what rests: it is asked again when it may go on.
    inDays(life, 14, () => {
      complete(life);
    });
  } else {
    desk.submit('coach', 'CompleteEngagement', { summary: random.pick(completions) });
  }
}
