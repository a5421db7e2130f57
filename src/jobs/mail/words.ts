import type { Instant, IsoDate } from '../../engagement/values';
import type { DueItem } from '../due';

const DATE = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** As in `Tue, 3 March 2026`. */
export function dateText(date: IsoDate): string {
  return new Intl.DateTimeFormat('en-GB', { ...DATE, timeZone: 'UTC' }).format(new Date(date));
}

/** As in `Tue, 3 March 2026 at 10:00 (Europe/Berlin)`. */
export function instantText(instant: Instant, timeZone: string): string {
  const at = new Date(instant);
  const date = new Intl.DateTimeFormat('en-GB', { ...DATE, timeZone }).format(at);
  return `${date} at ${new Intl.DateTimeFormat('en-GB', { ...TIME, timeZone }).format(at)} (${timeZone})`;
}

/** What is said of something that is due. Titles are of the plan, which both who are told may read. */
export function sentenceFor({ rule, on, title }: DueItem, timeZone: string, noContactWeeks: number): string {
  switch (rule) {
    case 'check-in-tomorrow':
      return `Your check-in is on ${instantText(on, timeZone)}.`;
    case 'check-in-unrecorded':
      return `The check-in of ${instantText(on, timeZone)} is not recorded: was it held, or missed?`;
    case 'milestone-overdue':
      return `The milestone “${title ?? ''}” was due on ${dateText(on)}.`;
    case 'action-overdue':
      return `The action “${title ?? ''}” was due on ${dateText(on)}.`;
    case 'no-contact':
      return `No check-in was held for ${noContactWeeks} ${noContactWeeks === 1 ? 'week' : 'weeks'}, and none is scheduled.`;
    case 'plan-not-agreed':
      return `Coaching started on ${dateText(on)}, and the plan is not agreed yet.`;
    case 'ending-soon':
      return `The engagement ends on ${dateText(on)}.`;
  }
}

/** What is worth a word when a week is looked back on. */
const CHANGES: Readonly<Record<string, readonly [one: string, many: string]>> = {
  CheckInHeld: ['check-in held', 'check-ins held'],
  CheckInMissed: ['check-in missed', 'check-ins missed'],
  PlanAgreed: ['plan agreed', 'plans agreed'],
  PlanAdapted: ['adaptation of the plan', 'adaptations of the plan'],
  MilestoneReached: ['milestone reached', 'milestones reached'],
  MilestoneMissed: ['milestone missed', 'milestones missed'],
  ActionCompleted: ['action completed', 'actions completed'],
  GoalAchieved: ['goal achieved', 'goals achieved'],
  GoalAbandoned: ['goal abandoned', 'goals abandoned'],
  BarrierIdentified: ['barrier found', 'barriers found'],
  BarrierResolved: ['barrier resolved', 'barriers resolved'],
  SetbackRecorded: ['setback', 'setbacks'],
};

/** As in `1 check-in held, 2 milestones reached`; what else happened is counted together. */
export function changesText(changes: readonly { readonly type: string; readonly count: number }[]): string {
  const told = Object.entries(CHANGES).flatMap(([type, [one, many]]) => {
    const count = changes.find((change) => change.type === type)?.count ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const others = changes.filter(({ type }) => !(type in CHANGES)).reduce((sum, { count }) => sum + count, 0);
  const rest = others === 0 ? [] : [`${others} other ${others === 1 ? 'entry' : 'entries'}`];
  return [...told, ...rest].join(', ') || 'nothing new';
}
