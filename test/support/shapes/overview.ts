import {
  count,
  day,
  id,
  instant,
  listOf,
  nullable,
  number,
  object,
  oneOf,
  ratio,
  text,
  whole,
  type Of,
} from './checker';
import { lifecycle, achievement, party, partyName, state, source, health, lastCheckIn, nextCheckIn } from './words';

export const overview = object({
  engagementId: id,
  revision: count,
  state,
  client: party,
  coach: party,
  sponsor: nullable(party),
  startsOn: day,
  endsOn: day,
  startedAt: nullable(instant),
  endedAt: nullable(instant),
  agreement: object({
    signed: listOf(partyName),
    missing: listOf(partyName),
    discloses: listOf(oneOf('goals', 'progress', 'attendance')),
  }),
  vision: nullable(
    object({
      vision: nullable(text),
      values: nullable(listOf(text)),
      interests: nullable(listOf(text)),
      aspirations: nullable(listOf(text)),
    }),
  ),
  plan: object({ revision: count, agreedAt: nullable(instant), lastAdaptedAt: nullable(instant) }),
  goals: listOf(
    object({
      goalId: id,
      specific: text,
      source,
      lifecycle,
      achievement,
      rank: nullable(whole),
      weight: number,
      startOn: day,
      dueOn: day,
      baselineDueOn: nullable(day),
      completion: nullable(ratio),
    }),
  ),
  lastCheckIn,
  nextCheckIn,
  open: nullable(object({ milestones: count, actions: count, barriers: count })),
  health: nullable(health),
});

export type Overview = Of<typeof overview>;
