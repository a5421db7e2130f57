import type { PartyName } from '../../../engagement/values';
import { Is } from '../../fields/dto';
import { day, integer, oneOf, text, title, uuid } from '../../fields/kinds';

export class MilestoneFields {
  @Is(uuid)
  goalId!: string;

  @Is(title, { example: 'Prototype tested' })
  title!: string;

  @Is(text, { example: 'Five new hires went through it without help.' })
  criterion!: string;

  @Is(day, { example: '2026-04-15' })
  dueOn!: string;

  /** Counts from 1 within the goal; a taken place shifts the rest. */
  @Is(integer(1, 1_000), { optional: true })
  order!: number | null;
}

export class MilestoneBody extends MilestoneFields {
  @Is(uuid, { optional: true })
  milestoneId!: string | null;
}

export class ReachMilestoneBody {
  @Is(day, { example: '2026-04-10' })
  reachedOn!: string;

  @Is(text, { optional: true, example: 'The notes of the five sessions.' })
  evidence!: string | null;
}

export class MissMilestoneBody {
  @Is(text, { optional: true, example: 'The hiring was frozen.' })
  reason!: string | null;
}

export class ActionFields {
  @Is(uuid)
  milestoneId!: string;

  @Is(title, { example: 'Book the lab' })
  title!: string;

  @Is(oneOf('client', 'coach', 'sponsor'))
  owner!: PartyName;

  @Is(day, { example: '2026-03-20' })
  dueOn!: string;

  @Is(integer(1, 10), { optional: true, example: 8 })
  commitment!: number | null;
}

export class ActionBody extends ActionFields {
  @Is(uuid, { optional: true })
  actionId!: string | null;
}

export class CompleteActionBody {
  @Is(day, { example: '2026-03-18' })
  completedOn!: string;
}
