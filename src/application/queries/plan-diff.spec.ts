import { and, type Past } from '../../../test/support/engagement/scenario';
import { action, goal, ids, measure, milestone, planned, planAgreed } from '../../../test/support/engagement/samples';
import type { PlanChange } from '../../engagement/plan-changes';
import type { Id } from '../../engagement/values';
import { momentOfRevision } from './history';
import { planDiff } from './plan-diff';
import type { PlanDiff } from './shapes';
import { toPlan } from './to-plan';

const agreed = and(
  planned,
  { type: 'MilestonePlanned', data: milestone({ milestoneId: ids.secondMilestone, title: 'Talks', order: 2 }) },
  planAgreed,
);

function adapt(past: Past, revision: number, ...changes: PlanChange[]): Past {
  return and(past, {
    type: 'PlanAdapted',
    data: {
      revision,
      baseRevision: revision - 1,
      reasonCode: 'barrier',
      reasonText: `Reason ${revision}`,
      triggeredBy: [],
      changes,
      agreedBy: ['client', 'coach'],
      sponsorInformed: false,
      effectiveOn: '2026-02-01',
    },
  });
}

function diff(past: Past, from: number, to: number): PlanDiff {
  const history = past.events.map((event) => ({ event, recordedAt: event.occurredAt, actorId: 'coach' }));
  const present = { now: '2026-04-01T09:00:00.000Z', timeZone: 'UTC' };
  const planAt = (revision: number) => {
    const { facts, day } = momentOfRevision(history, revision, present)!;
    return toPlan(facts, day, { asOf: null, knownAt: null });
  };
  const revisionOf = (data: object) => ('revision' in data ? Number(data.revision) : 0);
  const [lower, higher] = [Math.min(from, to), Math.max(from, to)];
  const between = past.events.filter(({ data }) => lower < revisionOf(data) && revisionOf(data) <= higher);
  return planDiff(planAt(from), planAt(to), between);
}

const fields = ({ changed }: PlanDiff) => changed.map(({ id, field, from, to }) => ({ id, field, from, to }));

describe('the difference of two revisions', () => {
  const second = adapt(
    agreed,
    2,
    { op: 'milestone-redated', milestoneId: ids.milestone, from: '2026-05-01', to: '2026-05-15' },
    { op: 'action-dropped', actionId: ids.action },
    { op: 'action-added', action: action({ actionId: ids.secondAction, title: 'Ask a friend' }) },
    {
      op: 'goal-retargeted',
      goalId: ids.goal,
      from: { measure },
      to: { measure: { ...measure, target: 8 } },
    },
  );

  it('shows what was added as at the later, what was dropped as at the earlier, and each field that changed', () => {
    expect(diff(second, 1, 2)).toEqual({
      from: 1,
      to: 2,
      added: [
        {
          kind: 'action',
          id: ids.secondAction,
          value: expect.objectContaining({ title: 'Ask a friend', state: 'open', baselineDueOn: null }),
        },
      ],
      dropped: [
        { kind: 'action', id: ids.action, value: expect.objectContaining({ title: 'Write the CV', state: 'open' }) },
      ],
      changed: [
        { kind: 'goal', id: ids.goal, field: 'measure', from: measure, to: { ...measure, target: 8 } },
        { kind: 'milestone', id: ids.milestone, field: 'dueOn', from: '2026-05-01', to: '2026-05-15' },
      ],
      reasons: [{ revision: 2, reasonCode: 'barrier', reasonText: 'Reason 2', effectiveOn: '2026-02-01' }],
    });
  });

  it('is the mirror image the other way round', () => {
    const forth = diff(second, 0, 2);
    const back = diff(second, 2, 0);
    expect(back).toEqual({
      from: 2,
      to: 0,
      added: forth.dropped,
      dropped: forth.added,
      changed: forth.changed.map(({ from, to, ...change }) => ({ ...change, from: to, to: from })),
      reasons: forth.reasons,
    });
    expect(forth.reasons).toMatchObject([{ revision: 1, reasonCode: null, reasonText: null }, { revision: 2 }]);
  });

  it('is empty between a revision and itself', () => {
    expect(diff(second, 2, 2)).toEqual({ from: 2, to: 2, added: [], dropped: [], changed: [], reasons: [] });
  });

  it('leaves out what tells how far one has come', () => {
    const done = and(
      agreed,
      { type: 'ActionCompleted', data: { actionId: ids.action, completedOn: '2026-02-01' } },
      { type: 'MilestoneReached', data: { milestoneId: ids.milestone, reachedOn: '2026-02-01', evidence: null } },
      { type: 'GoalPutOnHold', data: { goalId: ids.goal, reason: 'later' } },
    );
    const reweighted = adapt(done, 2, { op: 'goal-reweighted', goalId: ids.goal, from: 1, to: 2 });
    expect(fields(diff(reweighted, 1, 2))).toEqual([{ id: ids.goal, field: 'weight', from: 1, to: 2 }]);
  });

  it('has the order only of goals whose milestones were reordered', () => {
    const shifted = adapt(agreed, 2, {
      op: 'milestone-added',
      milestone: milestone({ milestoneId: ids.thirdMilestone }),
    });
    expect(fields(diff(shifted, 1, 2))).toEqual([]);
    const three: Id[] = [ids.thirdMilestone, ids.milestone, ids.secondMilestone];
    const to = [ids.secondMilestone, ids.thirdMilestone, ids.milestone];
    const reordered = adapt(shifted, 3, { op: 'milestone-reordered', goalId: ids.goal, from: three, to });
    expect(fields(diff(reordered, 2, 3))).toEqual([
      { id: ids.thirdMilestone, field: 'order', from: 1, to: 2 },
      { id: ids.milestone, field: 'order', from: 2, to: 3 },
      { id: ids.secondMilestone, field: 'order', from: 3, to: 1 },
    ]);
  });

  it('takes everything of a dropped goal along, and shows a goal that was taken into the plan', () => {
    const dropped = adapt(
      agreed,
      2,
      { op: 'goal-dropped', goalId: ids.goal, outcome: 'not-attained' },
      { op: 'goal-added', goalId: ids.proposedGoal, goal: goal({ goalId: ids.proposedGoal }) },
    );
    const { added, dropped: gone } = diff(dropped, 1, 2);
    expect(added.map(({ kind, id }) => [kind, id])).toEqual([['goal', ids.proposedGoal]]);
    expect(gone.map(({ id }) => id)).toEqual([ids.goal, ids.milestone, ids.secondMilestone, ids.action]);
  });
});
