import { character, idOf, penFor, type Story } from './story';

const NAME = 'walk-the-dog';

/** The first instant of the first case. */
export const OPENS_ON = '2024-04-01T08:00:00.000Z';

const client = character(NAME, 'client', 'Edda Farrow');
const coach = character(NAME, 'coach', 'Rasmus Hollin');
const goalId = idOf(NAME, 'goal');
const firstTalk = idOf(NAME, 'first check-in');
const lastTalk = idOf(NAME, 'last check-in');

/**
 * The case of a person who wants to walk the dog again, as the HL7 Patient-Centered Outcomes guide publishes it (CC0),
 * with its dates; retold with the client scoring both times. The client's T goes from 40 to 60, the coach's stays at 40.
 */
export function walkTheDog(): Story {
  const engagementId = idOf(NAME, 'engagement');
  const { send } = penFor(NAME, engagementId);
  const score = (level: number, observedOn: string, rater: 'client' | 'coach') => ({ level, observedOn, rater });

  const steps = [
    send(OPENS_ON, coach, 'POST /participants', 'register-coach', {
      participantId: coach.id,
      kind: 'coach',
      name: coach.name,
      email: coach.email,
    }),
    send('2024-04-01T08:05:00.000Z', coach, 'POST /participants', 'register-client', {
      participantId: client.id,
      kind: 'client',
      name: client.name,
      email: client.email,
    }),
    send('2024-04-01T08:10:00.000Z', coach, 'POST /engagements', 'propose', {
      engagementId,
      clientId: client.id,
      coachId: coach.id,
      startsOn: '2024-04-03',
      endsOn: '2024-09-30',
    }),
    send('2024-04-02T09:00:00.000Z', client, 'POST …/agreement', 'client-signs', { party: 'client' }),
    send('2024-04-02T15:00:00.000Z', coach, 'POST …/agreement', 'coach-signs', { party: 'coach' }),
    send('2024-04-03T09:00:00.000Z', coach, 'POST …/start', 'start'),
    send('2024-04-03T09:20:00.000Z', client, 'POST …/goals', 'set-goal', {
      goalId,
      specific: 'Walk the dog',
      attainmentScale: [
        { level: -2, description: 'Does not leave the house with the dog' },
        { level: -1, description: 'Walks the dog to the corner, with somebody along' },
        { level: 0, description: 'Walks the dog around the block once a day' },
        { level: 1, description: 'Walks the dog around the block twice a day' },
        { level: 2, description: 'Walks the dog in the park for an hour' },
      ],
      achievability: { confidence: 7 },
      relevance: 'To be outside, and to look after somebody',
      startOn: '2024-04-03',
      dueOn: '2024-06-28',
      source: 'client',
    }),
    send('2024-04-03T09:40:00.000Z', client, 'POST …/goals/' + goalId + '/attainment', 'client-scores-first', {
      ...score(-1, '2024-04-03', 'client'),
    }),
    send('2024-04-03T09:45:00.000Z', coach, 'POST …/goals/' + goalId + '/attainment', 'coach-scores', {
      ...score(-1, '2024-04-03', 'coach'),
    }),
    send('2024-04-03T10:00:00.000Z', coach, 'POST …/check-ins', 'schedule-first', {
      checkInId: firstTalk,
      scheduledFor: '2024-04-17T14:00:00.000Z',
    }),
    send('2024-04-17T14:40:00.000Z', coach, `POST …/check-ins/${firstTalk}/hold`, 'hold-first', {
      heldAt: '2024-04-17T14:00:00.000Z',
      summary: 'Went around the block four times this week, twice alone.',
      confidence: 7,
    }),
    send('2024-04-17T14:45:00.000Z', coach, 'POST …/check-ins', 'schedule-last', {
      checkInId: lastTalk,
      scheduledFor: '2024-05-10T14:00:00.000Z',
    }),
    send('2024-05-10T14:20:00.000Z', client, 'POST …/goals/' + goalId + '/attainment', 'client-scores-last', {
      ...score(1, '2024-05-10', 'client'),
    }),
    send('2024-05-10T14:40:00.000Z', coach, `POST …/check-ins/${lastTalk}/hold`, 'hold-last', {
      heldAt: '2024-05-10T14:00:00.000Z',
      summary: 'Twice a day, whatever the weather.',
      confidence: 9,
    }),
    send('2024-05-10T14:50:00.000Z', client, `POST …/goals/${goalId}/achieve`, 'achieve', {
      achievedOn: '2024-05-10',
      reflection: 'The dog decides when, I decide how far.',
    }),
    send('2024-05-10T15:00:00.000Z', coach, 'POST …/complete', 'complete', {
      summary: 'The goal is more than reached.',
    }),
  ];
  return { name: NAME, engagementId, client, steps };
}
