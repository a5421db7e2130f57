import type { RestrictedPhase } from '../../decision';
import type { Phase } from '../../engagement';
import type { PlanChangeOp } from '../../plan-changes';
import { refuse, type Refusal } from '../../refusal';

/** Rule 7: refuses what is not possible in the phase of the engagement. */
export function outOfPhase({ status }: Phase, possible: readonly RestrictedPhase[]): Refusal | undefined {
  switch (status) {
    case 'active':
      return undefined;
    case 'preparing':
      if (possible.includes('before-start')) return undefined;
      return refuse(
        'engagement-not-started',
        'The engagement has not started: once every party has signed, start it first (POST …/start).',
      );
    case 'paused':
      if (possible.includes('while-paused')) return undefined;
      return refuse(
        'engagement-paused',
        'The engagement is paused and nothing new is committed: resume it first (POST …/resume).',
      );
    case 'completed':
    case 'ended-early':
      if (possible.includes('after-end')) return undefined;
      return refuse('engagement-ended', 'The engagement has ended: reopen it first (POST …/reopen).');
  }
}

/** Rule 10: a commitment of the agreed plan changes only through an adaptation; `way` is the change to use. */
export function planIsAgreed(way: PlanChangeOp): Refusal {
  return refuse(
    'plan-is-agreed',
    `The plan is agreed: send POST …/plan/adaptations with the change ${way}, as client and coach agreed it.`,
  );
}
