import type { Id, PartyName, ReasonCode } from '../../../engagement/values';
import { HoldsVariants, Is } from '../../fields/dto';
import { list } from '../../fields/field';
import { day, flag, integer, oneOf, text, uuid } from '../../fields/kinds';
import { GoalAdded, GoalDropped, GoalRedated, GoalRedefined, GoalRetargeted, GoalReweighted } from './goal-changes';
import {
  ActionAdded,
  ActionDropped,
  ActionReassigned,
  ActionRedated,
  ActionRedefined,
  MilestoneAdded,
  MilestoneDropped,
  MilestoneRedated,
  MilestoneRedefined,
  MilestoneReordered,
  ResourceChanged,
} from './step-changes';

/** The class of each change, by its `op`. */
const changes = {
  'goal-added': GoalAdded,
  'goal-redated': GoalRedated,
  'goal-retargeted': GoalRetargeted,
  'goal-reweighted': GoalReweighted,
  'goal-redefined': GoalRedefined,
  'goal-dropped': GoalDropped,
  'milestone-added': MilestoneAdded,
  'milestone-redated': MilestoneRedated,
  'milestone-redefined': MilestoneRedefined,
  'milestone-reordered': MilestoneReordered,
  'milestone-dropped': MilestoneDropped,
  'action-added': ActionAdded,
  'action-redated': ActionRedated,
  'action-reassigned': ActionReassigned,
  'action-redefined': ActionRedefined,
  'action-dropped': ActionDropped,
  'resource-changed': ResourceChanged,
};

export type ChangeBody = InstanceType<(typeof changes)[keyof typeof changes]>;

const parties = list(oneOf('client', 'coach'), { from: 2, to: 2, unique: true, example: ['client', 'coach'] });

export class AgreePlanBody {
  /** Both of them. */
  @Is(parties)
  agreedBy!: readonly PartyName[];
}

export class AdaptPlanBody {
  @Is(integer(0), { example: 1 })
  baseRevision!: number;

  @Is(
    oneOf(
      'circumstances',
      'opportunity',
      'barrier',
      'setback',
      'learning',
      'reprioritised',
      'sponsor-request',
      'data-correction',
    ),
    { example: 'barrier' },
  )
  reasonCode!: ReasonCode;

  @Is(text, { example: 'The hiring freeze moves the tests by a month.' })
  reasonText!: string;

  /** Events of the engagement. */
  @Is(list(uuid, { from: 0, to: 100 }), { optional: true, otherwise: [] })
  triggeredBy!: readonly Id[];

  @HoldsVariants('op', changes, { from: 1, to: 100 })
  changes!: readonly ChangeBody[];

  /** Both of them. */
  @Is(parties)
  agreedBy!: readonly PartyName[];

  @Is(flag, { optional: true, otherwise: false })
  sponsorInformed!: boolean;

  @Is(day)
  effectiveOn!: string;
}
