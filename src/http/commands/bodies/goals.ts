import type { AttainmentLevel, GoalSource, MilestoneFate, Rater } from '../../../engagement/values';
import { Holds, HoldsList, Is, Must } from '../../fields/dto';
import { list, record } from '../../fields/field';
import { day, flag, integer, number, numberFrom, oneOf, text, title, uuid } from '../../fields/kinds';

const rater = oneOf('client', 'coach');
const level = integer(-2, 2);
const fates = record(uuid, oneOf('reached', 'dropped'), 1_000, { '3f0e2f5e-8c1d-4a6b-9d7f-2b1c0a9e8d44': 'reached' });
const noFates: Readonly<Record<string, MilestoneFate>> = {};

export class MeasureBody {
  @Is(title, { example: 'conversations with team leads' })
  metric!: string;

  @Is(title, { example: 'conversations' })
  unit!: string;

  @Is(number, { example: 0 })
  baseline!: number;

  @Is(number, { example: 12 })
  target!: number;

  @Is(oneOf('increase', 'decrease'))
  direction!: 'increase' | 'decrease';
}

export class ScaleLevelBody {
  /** −2 much less than expected, 0 the expected outcome, 2 much more. */
  @Is(level, { example: 0 })
  level!: AttainmentLevel;

  @Is(text, { example: 'Walks the dog three times a week.' })
  description!: string;
}

export class AchievabilityBody {
  @Is(integer(0, 10), { example: 7 })
  confidence!: number;

  @Is(text, { optional: true, example: 'She did it before, in a smaller team.' })
  rationale!: string | null;
}

export const hasEveryLevel = (scale: unknown): boolean =>
  !Array.isArray(scale) || new Set(scale.map((step: Partial<ScaleLevelBody> | null) => step?.level)).size === 5;

export const EVERY_LEVEL = 'must describe each level from -2 to 2 once';

export class GoalFields {
  @Is(text, { example: 'Lead the redesign of the onboarding by the end of June.' })
  @Must(
    (body: GoalFields) => Boolean(body.measure ?? body.attainmentScale),
    'needs a measure or an attainmentScale, or both, to tell when it is reached',
  )
  specific!: string;

  @Holds(() => MeasureBody, { optional: true })
  measure!: MeasureBody | null;

  /** All five levels. */
  @HoldsList(() => ScaleLevelBody, 5, 5, { optional: true })
  @Must((body: GoalFields) => hasEveryLevel(body.attainmentScale), EVERY_LEVEL)
  attainmentScale!: readonly ScaleLevelBody[] | null;

  @Holds(() => AchievabilityBody)
  achievability!: AchievabilityBody;

  @Is(text, { example: 'It is the step from expert to lead that the vision speaks of.' })
  relevance!: string;

  @Is(day, { example: '2026-02-01' })
  startOn!: string;

  @Is(day, { example: '2026-06-30' })
  dueOn!: string;

  /** Why the goal may lie outside the engagement's dates. */
  @Is(text, { optional: true, example: 'The redesign ships after the coaching ends.' })
  datesOverrideReason!: string | null;

  @Is(oneOf('client', 'coach', 'joint', 'sponsor'))
  source!: GoalSource;

  @Is(numberFrom(0, 100), { optional: true, otherwise: 1 })
  weight!: number;

  @Is(integer(1), { optional: true })
  rank!: number | null;
}

export class GoalBody extends GoalFields {
  @Is(uuid, { optional: true })
  goalId!: string | null;
}

export class AchieveGoalBody {
  @Is(day)
  achievedOn!: string;

  @Is(text, { optional: true, example: 'Asking for help early was the turning point.' })
  reflection!: string | null;

  /** What becomes of each open milestone. */
  @Is(fates, { optional: true, otherwise: noFates })
  milestones!: Readonly<Record<string, MilestoneFate>>;
}

export class AbandonGoalBody {
  @Is(text, { example: 'The department was closed.' })
  reason!: string;

  @Is(flag, { optional: true, otherwise: false })
  notAttainable!: boolean;

  /** What becomes of each open milestone. */
  @Is(fates, { optional: true, otherwise: noFates })
  milestones!: Readonly<Record<string, MilestoneFate>>;
}

export class PrioritiseGoalsBody {
  /** Every open goal once, the most important first. */
  @Is(list(uuid, { from: 0, to: 1_000 }))
  order!: readonly string[];
}

export class RecordProgressBody {
  @Is(number, { example: 4 })
  value!: number;

  @Is(day)
  observedOn!: string;

  @Is(rater)
  rater!: Rater;

  @Is(text, { optional: true, example: 'Two of them offered to introduce her further.' })
  note!: string | null;

  /** The observation that this one replaces. */
  @Is(uuid, { optional: true })
  corrects!: string | null;
}

export class ScoreAttainmentBody {
  @Is(level, { example: 1 })
  level!: AttainmentLevel;

  @Is(day)
  observedOn!: string;

  @Is(rater)
  rater!: Rater;

  /** The observation that this one replaces. */
  @Is(uuid, { optional: true })
  corrects!: string | null;
}
