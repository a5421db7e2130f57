import type { DropOutcome } from '../../../engagement/values';
import { Holds, HoldsList, Is, Must } from '../../fields/dto';
import { day, numberFrom, oneOf, text, uuid } from '../../fields/kinds';
import { EVERY_LEVEL, GoalFields, hasEveryLevel, MeasureBody, ScaleLevelBody } from './goals';

const weight = numberFrom(0, 100);

class GoalToAdd extends GoalFields {
  @Is(uuid)
  goalId!: string;
}

export class GoalAdded {
  @Is(oneOf('goal-added'))
  @Must(
    (change: GoalAdded) => Boolean(change.goal) !== Boolean(change.goalId),
    'needs either the whole goal, or the goalId of a proposed one',
  )
  op!: 'goal-added';

  @Holds(() => GoalToAdd, { optional: true })
  goal!: GoalToAdd | null;

  /** Of a proposed goal. */
  @Is(uuid, { optional: true })
  goalId!: string | null;
}

class GoalDates {
  @Is(day, { example: '2026-02-01' })
  startOn!: string;

  @Is(day, { example: '2026-06-30' })
  dueOn!: string;
}

export class GoalRedated {
  @Is(oneOf('goal-redated'))
  op!: 'goal-redated';

  @Is(uuid)
  goalId!: string;

  @Holds(() => GoalDates)
  from!: GoalDates;

  @Holds(() => GoalDates)
  to!: GoalDates;

  @Is(text, { optional: true })
  datesOverrideReason!: string | null;
}

class GoalTarget {
  @Holds(() => MeasureBody, { optional: true })
  measure!: MeasureBody | null;

  @HoldsList(() => ScaleLevelBody, 5, 5, { optional: true })
  @Must((target: GoalTarget) => hasEveryLevel(target.attainmentScale), EVERY_LEVEL)
  attainmentScale!: readonly ScaleLevelBody[] | null;
}

const isOneTarget = (target: GoalTarget | undefined): boolean =>
  Boolean(target?.measure) !== Boolean(target?.attainmentScale);
const ONE_TARGET = 'must hold either a measure or an attainmentScale';

export class GoalRetargeted {
  @Is(oneOf('goal-retargeted'))
  op!: 'goal-retargeted';

  @Is(uuid)
  goalId!: string;

  @Holds(() => GoalTarget)
  @Must(({ from }: GoalRetargeted) => isOneTarget(from), ONE_TARGET)
  from!: GoalTarget;

  @Holds(() => GoalTarget)
  @Must(({ to }: GoalRetargeted) => isOneTarget(to), ONE_TARGET)
  to!: GoalTarget;
}

export class GoalReweighted {
  @Is(oneOf('goal-reweighted'))
  op!: 'goal-reweighted';

  @Is(uuid)
  goalId!: string;

  @Is(weight)
  from!: number;

  @Is(weight, { example: 2 })
  to!: number;
}

class GoalDefinition {
  @Is(text)
  specific!: string;

  @Is(text)
  relevance!: string;
}

export class GoalRedefined {
  @Is(oneOf('goal-redefined'))
  op!: 'goal-redefined';

  @Is(uuid)
  goalId!: string;

  @Holds(() => GoalDefinition)
  from!: GoalDefinition;

  @Holds(() => GoalDefinition)
  to!: GoalDefinition;
}

export class GoalDropped {
  @Is(oneOf('goal-dropped'))
  op!: 'goal-dropped';

  @Is(uuid)
  goalId!: string;

  @Is(oneOf('no-longer-wanted', 'not-attained', 'not-attainable'), { optional: true, otherwise: 'no-longer-wanted' })
  outcome!: DropOutcome;
}
