import type { Phase, Stretch } from './engagement';
import type { Occurrence } from './events';
import type { IsoDate } from './values';

/** Coaching goes on from the day of the event, after the start, a pause or a reopening. */
export function activate(phase: Phase, event: Occurrence): Phase {
  return {
    ...phase,
    status: 'active',
    lastChangeAt: event.occurredAt,
    activeStretches:
      phase.status === 'active'
        ? phase.activeStretches
        : [...phase.activeStretches, { from: event.occurredOn, to: null }],
  };
}

/** Coaching rests or ends from the day of the event. */
export function deactivate(phase: Phase, status: 'paused' | 'completed' | 'ended-early', event: Occurrence): Phase {
  return {
    ...phase,
    status,
    lastChangeAt: event.occurredAt,
    activeStretches: endStretch(phase.activeStretches, event.occurredOn),
  };
}

/** Back to coaching, or to its preparation where it never started. */
export function reopen(phase: Phase, event: Occurrence): Phase {
  const reopened: Phase = { ...phase, endedAt: null };
  if (phase.startedAt !== null) return activate(reopened, event);
  return { ...reopened, status: 'preparing', lastChangeAt: event.occurredAt };
}

/** Ends the stretch that is still running, if there is one. */
export function endStretch(stretches: readonly Stretch[], to: IsoDate): readonly Stretch[] {
  return stretches.map((stretch) => (stretch.to === null ? { ...stretch, to } : stretch));
}
