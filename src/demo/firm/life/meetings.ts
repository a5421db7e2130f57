import { addDays } from '../../../engagement/calendar';
import type { Engagement, Goal } from '../../../engagement/engagement';
import type { AttainmentLevel, Id, IsoDate } from '../../../engagement/values';
import { instantOn, workingDay } from '../dates';
import { checkInSummaries, missReasons, privateNotes, rescheduleReasons, sharedNotes } from '../vocabulary/remarks';
import { active, elapsed, inDays, type Life, today } from './life';

/** Check-ins from the first one on, each arranged at the end of the one before. */
export function meetRegularly(life: Life): void {
  inDays(life, 1, () => {
    arrange(life, life.random.whole(4, 10), 1);
  });
}

function arrange(life: Life, days: number, count: number): void {
  const { desk, agenda, random } = life;
  const checkInId = desk.newId();
  const scheduledFor = instantOn(workingDay(addDays(today(life), days)), 30 * random.whole(17, 34));
  if (desk.submit('coach', 'ScheduleCheckIn', { checkInId, scheduledFor }) === null) return;
  agenda.add(instantOn(scheduledFor.slice(0, 10), 18 * 60 + 30), () => {
    meet(life, checkInId, count);
  });
}

function meet(life: Life, checkInId: Id, count: number): void {
  const { desk, random, care } = life;
  const scheduledFor = desk.state()?.checkIns[checkInId]?.scheduledFor;
  if (scheduledFor === undefined) return;
  const course = random.weighted([
    ['held', 80 + 12 * care],
    ['missed by client', 8],
    ['missed by coach', 4 - 3 * care],
    ['moved', 6],
  ] as const);
  if (desk.state()?.phase.endedAt !== null) return;
  const state = active(life);
  if (course === 'moved' || state === null) {
    move(life, checkInId, count);
    return;
  }
  if (course === 'held') {
    desk.submit('coach', 'HoldCheckIn', {
      checkInId,
      heldAt: scheduledFor,
      summary: random.pick(checkInSummaries),
      confidence: random.whole(4, 10),
    });
    observe(life, state, count);
    takeNotes(life, checkInId);
  } else {
    const by = course === 'missed by client' ? 'client' : 'coach';
    desk.submit('coach', 'MissCheckIn', { checkInId, by, reason: random.pick(missReasons) });
  }
  arrangeNext(life, state, count + 1);
}

function move(life: Life, checkInId: Id, count: number): void {
  const { desk, agenda, random } = life;
  const day = workingDay(addDays(today(life), random.whole(2, 8)));
  const scheduledFor = instantOn(day, 30 * random.whole(17, 34));
  const moved = desk.submit('coach', 'RescheduleCheckIn', {
    checkInId,
    scheduledFor,
    reason: random.pick(rescheduleReasons),
  });
  if (moved === null) return;
  agenda.add(instantOn(day, 18 * 60 + 30), () => {
    meet(life, checkInId, count);
  });
}

/**
 * A coach who is short of time forgets to arrange the next one now and then, and weeks go by. Where nobody
 * completed the engagement, the meetings fade out after its last day.
 */
function arrangeNext(life: Life, state: Engagement, count: number): void {
  const { random, care } = life;
  if (today(life) > addDays(state.endsOn, 14)) return;
  const every = state.checkInEveryDays ?? 14;
  if (random.chance(0.9 + 0.09 * care)) {
    arrange(life, every, count);
  } else {
    inDays(life, every + random.whole(10, 40), () => {
      arrange(life, 3, count);
    });
  }
}

/** What client and coach say about the goals: values every time, levels of the scale now and then. */
function observe(life: Life, state: Engagement, count: number): void {
  const { random } = life;
  for (const goal of Object.values(state.goals)) {
    if (goal.lifecycle !== 'active') continue;
    if (goal.measure !== null && random.chance(0.75)) recordValue(life, goal);
    if (goal.attainmentScale !== null && (count === 1 || count % 3 === 0)) scoreByBoth(life, goal);
  }
}

function recordValue(life: Life, goal: Goal): void {
  const { desk, random } = life;
  if (goal.measure === null) return;
  const { baseline, target } = goal.measure;
  const value = Math.round(baseline + (target - baseline) * done(life, goal));
  const observation = { goalId: goal.goalId, observedOn: today(life), rater: 'client', note: null } as const;
  if (random.chance(0.03)) {
    const slipOfThePen = desk.submit('client', 'RecordProgress', { ...observation, value: value * 10, corrects: null });
    desk.submit('client', 'RecordProgress', { ...observation, value, corrects: slipOfThePen?.[0]?.eventId ?? null });
  } else {
    desk.submit('client', 'RecordProgress', { ...observation, value, corrects: null });
  }
}

function scoreByBoth(life: Life, goal: Goal): void {
  const { desk, random } = life;
  const level = (harder: number): AttainmentLevel => {
    const felt = Math.round(-1.7 + 3 * done(life, goal) - harder + (random.next() - 0.5));
    return Math.max(-2, Math.min(2, felt)) as AttainmentLevel;
  };
  const score = { goalId: goal.goalId, observedOn: today(life), corrects: null };
  desk.submit('client', 'ScoreAttainment', { ...score, level: level(0), rater: 'client' });
  if (random.chance(0.8)) desk.submit('coach', 'ScoreAttainment', { ...score, level: level(0.3), rater: 'coach' });
}

/** How far the goal is, 0 to a little over 1, as somebody with this drive sees it. */
function done(life: Life, goal: Goal): number {
  const time = elapsed(goal.startOn, goal.dueOn, today(life));
  return Math.max(0, Math.min(1.1, time * (0.55 + 0.6 * life.drive) + 0.1 * (life.random.next() - 0.5)));
}

function takeNotes(life: Life, about: Id): void {
  const { desk, random } = life;
  if (random.chance(0.35)) {
    const text = random.pick(privateNotes);
    desk.submit('coach', 'RecordNote', { noteId: desk.newId(), visibility: 'coach-private', text, about });
  }
  if (random.chance(0.25)) {
    const text = random.pick(sharedNotes);
    desk.submit('coach', 'RecordNote', { noteId: desk.newId(), visibility: 'shared', text, about });
  }
}

/** A day some days before today that is not before `earliest`: people write things down later. */
export function someDaysAgo(life: Life, earliest: IsoDate, atMost: number): IsoDate {
  const day = addDays(today(life), -life.random.whole(0, atMost));
  return day < earliest ? earliest : day;
}
