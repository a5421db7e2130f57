import type { CommandRule } from '../decision';
import type { Engagement } from '../engagement';
import { abandonGoal, type AbandonGoal } from './abandon-goal';
import { acceptGoal, type AcceptGoal } from './accept-goal';
import { achieveGoal, type AchieveGoal } from './achieve-goal';
import { adaptPlan, type AdaptPlan } from './adapt-plan';
import { agreeBarrierStrategy, type AgreeBarrierStrategy } from './agree-barrier-strategy';
import { agreePlan, type AgreePlan } from './agree-plan';
import { allocateResource, type AllocateResource } from './allocate-resource';
import { articulateVision, type ArticulateVision } from './articulate-vision';
import { celebrateAchievement, type CelebrateAchievement } from './celebrate-achievement';
import { commitAction, type CommitAction } from './commit-action';
import { completeAction, type CompleteAction } from './complete-action';
import { completeEngagement, type CompleteEngagement } from './complete-engagement';
import { dropAction, type DropAction } from './drop-action';
import { dropMilestone, type DropMilestone } from './drop-milestone';
import { endEngagementEarly, type EndEngagementEarly } from './end-engagement-early';
import { extendEngagement, type ExtendEngagement } from './extend-engagement';
import { holdCheckIn, type HoldCheckIn } from './hold-check-in';
import { identifyBarrier, type IdentifyBarrier } from './identify-barrier';
import { identifyResource, type IdentifyResource } from './identify-resource';
import { missCheckIn, type MissCheckIn } from './miss-check-in';
import { missMilestone, type MissMilestone } from './miss-milestone';
import { pauseEngagement, type PauseEngagement } from './pause-engagement';
import { planMilestone, type PlanMilestone } from './plan-milestone';
import { prioritiseGoals, type PrioritiseGoals } from './prioritise-goals';
import { proposeEngagement, type ProposeEngagement } from './propose-engagement';
import { putGoalOnHold, type PutGoalOnHold } from './put-goal-on-hold';
import { reachMilestone, type ReachMilestone } from './reach-milestone';
import { reassignCoach, type ReassignCoach } from './reassign-coach';
import { recordNote, type RecordNote } from './record-note';
import { recordProgress, type RecordProgress } from './record-progress';
import { recordSetback, type RecordSetback } from './record-setback';
import { rejectGoal, type RejectGoal } from './reject-goal';
import { releaseResource, type ReleaseResource } from './release-resource';
import { reopenBarrier, type ReopenBarrier } from './reopen-barrier';
import { reopenEngagement, type ReopenEngagement } from './reopen-engagement';
import { reopenMilestone, type ReopenMilestone } from './reopen-milestone';
import { rescheduleCheckIn, type RescheduleCheckIn } from './reschedule-check-in';
import { resolveBarrier, type ResolveBarrier } from './resolve-barrier';
import { resumeEngagement, type ResumeEngagement } from './resume-engagement';
import { resumeGoal, type ResumeGoal } from './resume-goal';
import { scheduleCheckIn, type ScheduleCheckIn } from './schedule-check-in';
import { scoreAttainment, type ScoreAttainment } from './score-attainment';
import { setGoal, type SetGoal } from './set-goal';
import { signAgreement, type SignAgreement } from './sign-agreement';
import { startEngagement, type StartEngagement } from './start-engagement';

/** The data of every command, by its kind: the fields of its request with the ids of its path; what is absent is null. */
export type EngagementCommands = {
  ProposeEngagement: ProposeEngagement;
  SignAgreement: SignAgreement;
  StartEngagement: StartEngagement;
  PauseEngagement: PauseEngagement;
  ResumeEngagement: ResumeEngagement;
  CompleteEngagement: CompleteEngagement;
  ExtendEngagement: ExtendEngagement;
  EndEngagementEarly: EndEngagementEarly;
  ReopenEngagement: ReopenEngagement;
  ReassignCoach: ReassignCoach;
  ArticulateVision: ArticulateVision;
  SetGoal: SetGoal;
  AcceptGoal: AcceptGoal;
  RejectGoal: RejectGoal;
  PutGoalOnHold: PutGoalOnHold;
  ResumeGoal: ResumeGoal;
  AchieveGoal: AchieveGoal;
  AbandonGoal: AbandonGoal;
  PrioritiseGoals: PrioritiseGoals;
  RecordProgress: RecordProgress;
  ScoreAttainment: ScoreAttainment;
  PlanMilestone: PlanMilestone;
  ReachMilestone: ReachMilestone;
  MissMilestone: MissMilestone;
  ReopenMilestone: ReopenMilestone;
  DropMilestone: DropMilestone;
  CommitAction: CommitAction;
  CompleteAction: CompleteAction;
  DropAction: DropAction;
  IdentifyResource: IdentifyResource;
  AllocateResource: AllocateResource;
  ReleaseResource: ReleaseResource;
  IdentifyBarrier: IdentifyBarrier;
  AgreeBarrierStrategy: AgreeBarrierStrategy;
  ResolveBarrier: ResolveBarrier;
  ReopenBarrier: ReopenBarrier;
  ScheduleCheckIn: ScheduleCheckIn;
  RescheduleCheckIn: RescheduleCheckIn;
  HoldCheckIn: HoldCheckIn;
  MissCheckIn: MissCheckIn;
  AgreePlan: AgreePlan;
  AdaptPlan: AdaptPlan;
  CelebrateAchievement: CelebrateAchievement;
  RecordSetback: RecordSetback;
  RecordNote: RecordNote;
};

export type CommandKind = keyof EngagementCommands;

export type EngagementCommand = {
  [K in CommandKind]: { readonly type: K; readonly data: EngagementCommands[K] };
}[CommandKind];

type CommandRules = {
  readonly [K in CommandKind]: CommandRule<
    EngagementCommands[K],
    K extends 'ProposeEngagement' ? Engagement | null : Engagement
  >;
};

/** The rule of every command, by its kind. */
export const commandRules: CommandRules = {
  ProposeEngagement: proposeEngagement,
  SignAgreement: signAgreement,
  StartEngagement: startEngagement,
  PauseEngagement: pauseEngagement,
  ResumeEngagement: resumeEngagement,
  CompleteEngagement: completeEngagement,
  ExtendEngagement: extendEngagement,
  EndEngagementEarly: endEngagementEarly,
  ReopenEngagement: reopenEngagement,
  ReassignCoach: reassignCoach,
  ArticulateVision: articulateVision,
  SetGoal: setGoal,
  AcceptGoal: acceptGoal,
  RejectGoal: rejectGoal,
  PutGoalOnHold: putGoalOnHold,
  ResumeGoal: resumeGoal,
  AchieveGoal: achieveGoal,
  AbandonGoal: abandonGoal,
  PrioritiseGoals: prioritiseGoals,
  RecordProgress: recordProgress,
  ScoreAttainment: scoreAttainment,
  PlanMilestone: planMilestone,
  ReachMilestone: reachMilestone,
  MissMilestone: missMilestone,
  ReopenMilestone: reopenMilestone,
  DropMilestone: dropMilestone,
  CommitAction: commitAction,
  CompleteAction: completeAction,
  DropAction: dropAction,
  IdentifyResource: identifyResource,
  AllocateResource: allocateResource,
  ReleaseResource: releaseResource,
  IdentifyBarrier: identifyBarrier,
  AgreeBarrierStrategy: agreeBarrierStrategy,
  ResolveBarrier: resolveBarrier,
  ReopenBarrier: reopenBarrier,
  ScheduleCheckIn: scheduleCheckIn,
  RescheduleCheckIn: rescheduleCheckIn,
  HoldCheckIn: holdCheckIn,
  MissCheckIn: missCheckIn,
  AgreePlan: agreePlan,
  AdaptPlan: adaptPlan,
  CelebrateAchievement: celebrateAchievement,
  RecordSetback: recordSetback,
  RecordNote: recordNote,
};

/** The rule of a command, for code that treats all of them alike. */
export function ruleOf({ type }: EngagementCommand): CommandRule<EngagementCommand['data']> {
  // The kind says which data the rule takes, which a type can't follow through the union.
  return commandRules[type] as CommandRule<EngagementCommand['data']>;
}
