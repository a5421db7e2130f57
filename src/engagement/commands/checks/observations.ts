import type { Context } from '../../decision';
import type { Engagement } from '../../engagement';
import { refuse, type Refusal } from '../../refusal';
import type { Id, Rater } from '../../values';

/** Only the rater says what they observed, or the coach for a rater named in `onBehalfOf`. */
export function notTheRater(state: Engagement, rater: Rater, context: Context): Refusal | undefined {
  const { actor, onBehalfOf } = context;
  const raterId = rater === 'client' ? state.clientId : state.coachId;
  if (actor.role === rater || (actor.role === 'coach' && onBehalfOf === raterId)) return undefined;
  return refuse(
    'forbidden',
    `An observation by the ${rater} is recorded by the ${rater}, or by the coach with onBehalfOf naming them.`,
    { path: 'rater' },
  );
}

/** Refuses to correct what is no observation of the same kind of this goal by the same rater: series stay apart. */
export function unknownObservation(
  type: 'ProgressRecorded' | 'GoalAttainmentScored',
  { goalId, corrects, rater }: { readonly goalId: Id; readonly corrects: Id | null; readonly rater: Rater },
  context: Context,
): Refusal | undefined {
  if (corrects === null) return undefined;
  const event = context.referenced.get(corrects);
  if (event?.type === type && event.data.goalId === goalId && event.data.rater === rater) return undefined;
  return refuse(
    'unknown-reference',
    `${corrects} is no ${type} of this goal by the ${rater}: give the eventId of the observation to correct, or leave corrects out.`,
    { path: 'corrects' },
  );
}
