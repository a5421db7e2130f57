import type { BarrierCategory, ResourceKind } from '../../../engagement/values';
import { Holds, Is } from '../../fields/dto';
import { list } from '../../fields/field';
import { day, instant, integer, oneOf, text, uuid } from '../../fields/kinds';
import { MoneyBody } from './common';

export class IdentifyResourceBody {
  @Is(uuid, { optional: true })
  resourceId!: string | null;

  @Is(oneOf('skill', 'network', 'funding', 'time', 'tool'), { example: 'funding' })
  kind!: ResourceKind;

  @Is(text, { example: 'Budget for the course on facilitation.' })
  description!: string;

  @Holds(() => MoneyBody, { optional: true })
  budget!: MoneyBody | null;
}

export class AllocateResourceBody {
  /** A milestone or an action. */
  @Is(uuid)
  to!: string;

  /** Needed for funding. */
  @Holds(() => MoneyBody, { optional: true })
  amount!: MoneyBody | null;
}

export class ReleaseResourceBody {
  /** All allocations when absent. */
  @Is(uuid, { optional: true })
  to!: string | null;

  @Is(text, { example: 'The course was cancelled.' })
  reason!: string;
}

export class IdentifyBarrierBody {
  @Is(uuid, { optional: true })
  barrierId!: string | null;

  @Is(oneOf('internal', 'external', 'skill', 'resource', 'relationship'), { example: 'external' })
  category!: BarrierCategory;

  @Is(text, { example: 'The hiring freeze leaves nobody to test with.' })
  description!: string;

  @Is(integer(1, 5), { example: 4 })
  severity!: number;

  /** Goals, milestones, actions, resources or check-ins. */
  @Is(list(uuid, { from: 0, to: 100 }))
  affects!: readonly string[];
}

export class AgreeStrategyBody {
  @Is(uuid, { optional: true })
  strategyId!: string | null;

  @Is(text, { example: 'Test with the working students instead.' })
  description!: string;
}

export class ResolveBarrierBody {
  @Is(text, { example: 'The freeze was lifted for two posts.' })
  outcome!: string;

  @Is(day, { example: '2026-04-02' })
  resolvedOn!: string;
}

export class ScheduleCheckInBody {
  @Is(uuid, { optional: true })
  checkInId!: string | null;

  @Is(instant)
  scheduledFor!: string;
}

export class RescheduleCheckInBody {
  @Is(instant)
  scheduledFor!: string;

  @Is(text, { example: 'The client is travelling.' })
  reason!: string;
}

export class HoldCheckInBody {
  @Is(instant)
  heldAt!: string;

  @Is(text, { example: 'Went through the prototype; the lab is the bottleneck.' })
  summary!: string;

  @Is(integer(1, 10), { optional: true, example: 8 })
  confidence!: number | null;
}

export class MissCheckInBody {
  @Is(oneOf('client', 'coach'))
  by!: 'client' | 'coach';

  @Is(text, { optional: true, example: 'The train was late.' })
  reason!: string | null;
}
