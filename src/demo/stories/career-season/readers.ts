import type { Step } from '../story';
import { type Calendar, pen, sponsor, supervisor } from './people';

/** Who else looked, and when: each of these answers is recorded as a disclosure before it goes out. */
export function readers({ at }: Calendar): Step[] {
  const { look } = pen;
  return [
    look(at(-26, 'Mon', '09:15'), sponsor, '…/progress', 'sponsor-reads-progress'),
    look(at(-20, 'Thu', '14:00'), supervisor, '…', 'supervisor-reads', 'Quarterly case review, agreed with the coach'),
    look(at(-11, 'Mon', '10:30'), sponsor, '…/plan', 'sponsor-reads-plan'),
    look(at(0, 'Thu', '09:00'), sponsor, '…/progress', 'sponsor-reads-progress-again'),
  ];
}
