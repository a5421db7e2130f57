import { count, day, id, listOf, nullable, number, object, oneOf, ratio, text, whole, type Of } from './checker';
import { lifecycle, achievement, rater, milestoneState, health } from './words';

const completion = object({
  reached: count,
  inScope: count,
  baselineReached: count,
  baselineScope: count,
  current: nullable(ratio),
  baseline: nullable(ratio),
});

export const progress = object({
  engagementId: id,
  asOf: day,
  completion,
  attainment: listOf(
    object({ rater, goals: count, baseline: nullable(number), now: nullable(number), change: nullable(number) }),
  ),
  volatility: object({ adaptations: count, activeDays: count, perMonth: nullable(number) }),
  barriers: object({
    open: listOf(object({ barrierId: id, severity: oneOf(1, 2, 3, 4, 5), ageDays: number })),
    resolved: object({ count, medianDays: nullable(number), meanDays: nullable(number) }),
  }),
  milestonesOnTime: object({ reached: count, onTimeBaseline: count, onTimeCurrent: count }),
  health,
  goals: listOf(
    object({
      goalId: id,
      specific: nullable(text),
      lifecycle,
      achievement,
      dueOn: day,
      baselineDueOn: nullable(day),
      completion,
      attainment: listOf(
        object({
          rater,
          baseline: nullable(oneOf(-2, -1, 0, 1, 2)),
          level: nullable(oneOf(-2, -1, 0, 1, 2)),
          observedOn: nullable(day),
          followUpDays: nullable(whole),
        }),
      ),
      latest: nullable(object({ value: number, observedOn: day, rater })),
      milestones: listOf(
        object({
          milestoneId: id,
          title: nullable(text),
          state: milestoneState,
          baselineDueOn: nullable(day),
          dueOn: day,
          reachedOn: nullable(day),
          slippageDays: object({ baseline: nullable(whole), current: whole }),
        }),
      ),
    }),
  ),
});

export type Progress = Of<typeof progress>;
