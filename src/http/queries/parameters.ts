import type { EngagementStateName } from '../../engagement/engagement';
import { Is, Must } from '../fields/dto';
import { field, list } from '../fields/field';
import { day, digits, instant, oneOf, text, uuid } from '../fields/kinds';
import type { HealthLevel } from '../../application/queries/shapes';
import type { Order } from '../../application/queries/page';

const cursor = field(
  { type: 'string', description: 'The `next` of the part before, with the same parameters' },
  'the next of an earlier answer',
  (value) => typeof value === 'string' && value.length <= 4_000,
);
const eventType = field(
  { type: 'string', example: 'PlanAdapted' },
  'the name of an event type',
  (value) => typeof value === 'string' && /^[A-Za-z]{1,60}$/.test(value),
);
/** A parameter that may be repeated comes as a list when it is. */
const eventTypes = list(eventType, { from: 0, to: 100 });
const order = oneOf('asc', 'desc');
const publishedNames = list(
  field(
    { type: 'string', example: 'GoalSet' },
    'the name of an event type',
    (value) => typeof value === 'string' && /^[A-Za-z]{1,60}(\.[A-Za-z]{1,60})?$/.test(value),
  ),
  { from: 0, to: 100 },
);

export class QueryParameters {
  /** As `Min-Position`. */
  @Is({ ...text, schema: { type: 'string', description: 'As the header Min-Position' } }, { optional: true })
  minPosition!: string | null;
}

export class ListParameters extends QueryParameters {
  @Is(digits(1, 200), { optional: true, otherwise: 50, example: 50 })
  limit!: number;

  @Is(cursor, { optional: true })
  cursor!: string | null;
}

export class EngagementListParameters extends ListParameters {
  @Is(uuid, { optional: true })
  coachId!: string | null;

  @Is(uuid, { optional: true })
  clientId!: string | null;

  @Is(oneOf('proposed', 'agreed', 'active', 'paused', 'completed', 'ended-early'), { optional: true })
  state!: EngagementStateName | null;

  @Is(oneOf('on-track', 'attention', 'at-risk'), { optional: true })
  health!: HealthLevel | null;
}

export class ProgressParameters extends QueryParameters {
  @Is(day, { optional: true })
  asOf!: string | null;
}

export class PlanParameters extends QueryParameters {
  @Is(digits(0), { optional: true })
  @Must(
    ({ revision, asOf, knownAt }: Partial<PlanParameters>) =>
      revision === undefined || (asOf === undefined && knownAt === undefined),
    'goes with neither asOf nor knownAt: ask for a revision, or for a day and what was known',
  )
  revision!: number | null;

  @Is(day, { optional: true })
  asOf!: string | null;

  @Is(instant, { optional: true })
  knownAt!: string | null;
}

export class RevisionListParameters extends ListParameters {
  @Is(order, { optional: true, otherwise: 'asc' })
  order!: Order;
}

export class DiffParameters extends QueryParameters {
  @Is(digits(0))
  from!: number;

  @Is(digits(0), { example: 2 })
  to!: number;
}

export class AuditParameters extends ListParameters {
  @Is(
    { ...eventTypes, normalise: (value) => (typeof value === 'string' ? [value] : value) },
    { optional: true, otherwise: [] },
  )
  type!: readonly string[];

  @Is(uuid, { optional: true })
  actor!: string | null;

  @Is(day, { optional: true })
  from!: string | null;

  @Is(day, { optional: true })
  to!: string | null;

  @Is(order, { optional: true, otherwise: 'asc' })
  order!: Order;
}

export class FeedParameters extends QueryParameters {
  @Is(digits(1, 200), { optional: true, otherwise: 50, example: 50 })
  limit!: number;

  @Is(cursor, { optional: true })
  after!: string | null;

  /** Repeated, or with commas between them. */
  @Is(
    {
      ...publishedNames,
      normalise: (value) => [value].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : [one])),
    },
    { optional: true, otherwise: [] },
  )
  types!: readonly string[];
}

export class BriefParameters extends QueryParameters {
  @Is(instant, { optional: true })
  since!: string | null;
}

export class CaseloadParameters extends ListParameters {
  @Is(uuid, { optional: true })
  coachId!: string | null;
}
