import type { FiredRule } from '../measures/fired-rule';
import { capitalised, counted, named, type Titles } from './words';

/** Why a rule of health fired, in words; without personal text, a barrier is named by its severity. */
export function healthSentence(fired: FiredRule, titles: Titles): string {
  return capitalised(sentence(fired, titles));
}

function sentence(fired: FiredRule, titles: Titles): string {
  switch (fired.rule) {
    case 'no-contact':
      return `no check-in for ${counted(fired.weeks, 'week')} or more, and none is scheduled`;
    case 'behind':
      return (
        `${named('goal', titles(fired.about))} is behind: ${percent(fired.elapsed)} of its time has passed, ` +
        `${percent(fired.done)} of its milestones are reached`
      );
    case 'overdue':
      return `${named('milestone', titles(fired.about))} is overdue: it was due on ${fired.dueOn}`;
    case 'slipping':
      return (
        `${named('milestone', titles(fired.about))} slips: ${counted(fired.days, 'day')} ` +
        `past ${fired.baselineDueOn}, the date agreed first`
      );
    case 'blocked':
      return `a barrier of severity ${fired.severity} has been open for ${counted(fired.days, 'day')}`;
    default:
      return fired satisfies never;
  }
}

/** Rounded down, so that nothing counts as whole before it is; 0.29 × 100 is a hair less than 29. */
function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}
