import type {
  ActionDetails,
  AttainmentScale,
  DropOutcome,
  GoalDetails,
  Id,
  IsoDate,
  Measure,
  MilestoneDetails,
  Money,
  PartyName,
} from './values';

type Dates = { readonly startOn: IsoDate; readonly dueOn: IsoDate };
type Definition = { readonly specific: string; readonly relevance: string };
type Wording = { readonly title: string; readonly criterion: string };
type Funding = { readonly description: string; readonly budget: Money | null };

/** What a retargeted goal is measured by: its measure or its scale, never both at once. */
export type Target = { readonly measure: Measure } | { readonly attainmentScale: AttainmentScale };

/** One typed change of the agreed plan, with the old value beside the new one. */
export type PlanChange =
  /** `goalId` names the proposed goal that is accepted by it; `goal` is the whole goal either way. */
  | { readonly op: 'goal-added'; readonly goalId: Id | null; readonly goal: GoalDetails }
  | {
      readonly op: 'goal-redated';
      readonly goalId: Id;
      readonly from: Dates;
      readonly to: Dates;
      readonly datesOverrideReason: string | null;
    }
  | { readonly op: 'goal-retargeted'; readonly goalId: Id; readonly from: Target; readonly to: Target }
  | { readonly op: 'goal-reweighted'; readonly goalId: Id; readonly from: number; readonly to: number }
  | { readonly op: 'goal-redefined'; readonly goalId: Id; readonly from: Definition; readonly to: Definition }
  | { readonly op: 'goal-dropped'; readonly goalId: Id; readonly outcome: DropOutcome }
  | { readonly op: 'milestone-added'; readonly milestone: MilestoneDetails }
  | { readonly op: 'milestone-redated'; readonly milestoneId: Id; readonly from: IsoDate; readonly to: IsoDate }
  | { readonly op: 'milestone-redefined'; readonly milestoneId: Id; readonly from: Wording; readonly to: Wording }
  | {
      readonly op: 'milestone-reordered';
      readonly goalId: Id;
      readonly from: readonly Id[];
      readonly to: readonly Id[];
    }
  | { readonly op: 'milestone-dropped'; readonly milestoneId: Id }
  | { readonly op: 'action-added'; readonly action: ActionDetails }
  | { readonly op: 'action-redated'; readonly actionId: Id; readonly from: IsoDate; readonly to: IsoDate }
  | { readonly op: 'action-reassigned'; readonly actionId: Id; readonly from: PartyName; readonly to: PartyName }
  | {
      readonly op: 'action-redefined';
      readonly actionId: Id;
      readonly from: { readonly title: string };
      readonly to: { readonly title: string };
    }
  | { readonly op: 'action-dropped'; readonly actionId: Id }
  | { readonly op: 'resource-changed'; readonly resourceId: Id; readonly from: Funding; readonly to: Funding };

export type PlanChangeOp = PlanChange['op'];
