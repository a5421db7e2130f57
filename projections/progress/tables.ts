import type {
  ActionDetails,
  DropOutcome,
  GoalDetails,
  Id,
  IsoDate,
  Lifecycle,
  MilestoneDetails,
  Rater,
} from '../../src/engagement/values';
import { defineTable } from '../engine/table';

export type GoalRow = GoalDetails & {
  readonly lifecycle: Lifecycle;
  readonly dropOutcome: DropOutcome | null;
  readonly baselineDueOn: IsoDate | null;
  readonly retargets: number;
  readonly activeSince: IsoDate | null;
};

export const goals = defineTable<GoalRow>({
  name: 'read_model.goals',
  scope: 'engagementId',
  key: ['goalId'],
  columns: {
    goalId: 'uuid',
    specific: 'text',
    measure: 'jsonb',
    attainmentScale: 'jsonb',
    achievability: 'jsonb',
    relevance: 'text',
    startOn: 'date',
    dueOn: 'date',
    datesOverrideReason: 'text',
    source: 'text',
    weight: 'double precision',
    rank: 'integer',
    lifecycle: 'text',
    dropOutcome: 'text',
    baselineDueOn: 'date',
    retargets: 'integer',
    activeSince: 'date',
  },
});

export type MilestoneRow = MilestoneDetails & {
  readonly state: 'planned' | 'reached' | 'missed' | 'dropped';
  readonly baselineDueOn: IsoDate | null;
  readonly reachedOn: IsoDate | null;
  readonly droppedOn: IsoDate | null;
};

export const milestones = defineTable<MilestoneRow>({
  name: 'read_model.milestones',
  scope: 'engagementId',
  key: ['milestoneId'],
  columns: {
    milestoneId: 'uuid',
    goalId: 'uuid',
    title: 'text',
    criterion: 'text',
    dueOn: 'date',
    order: 'bigint',
    state: 'text',
    baselineDueOn: 'date',
    reachedOn: 'date',
    droppedOn: 'date',
  },
});

export type ActionRow = ActionDetails & {
  readonly state: 'open' | 'completed' | 'dropped';
  readonly baselineDueOn: IsoDate | null;
  readonly completedOn: IsoDate | null;
};

export const actions = defineTable<ActionRow>({
  name: 'read_model.actions',
  scope: 'engagementId',
  key: ['actionId'],
  columns: {
    actionId: 'uuid',
    milestoneId: 'uuid',
    title: 'text',
    owner: 'text',
    dueOn: 'date',
    commitment: 'integer',
    state: 'text',
    baselineDueOn: 'date',
    completedOn: 'date',
  },
});

export type ObservationRow = {
  /** The id of the event that recorded it. */
  readonly observationId: Id;
  readonly goalId: Id;
  readonly kind: 'value' | 'level';
  readonly value: number;
  readonly observedOn: IsoDate;
  readonly rater: Rater;
  /** How often the goal was retargeted since: above 0 it counts for an earlier target. */
  readonly retargetsSince: number;
  /** Whether a later observation corrects it. */
  readonly corrected: boolean;
};

export const observations = defineTable<ObservationRow>({
  name: 'read_model.observations',
  scope: 'engagementId',
  key: ['observationId'],
  columns: {
    observationId: 'uuid',
    goalId: 'uuid',
    kind: 'text',
    value: 'double precision',
    observedOn: 'date',
    rater: 'text',
    retargetsSince: 'integer',
    corrected: 'boolean',
  },
  onlyNewKeys: true,
});
