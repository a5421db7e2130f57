import { historyOf } from '../../../test/support/histories';
import { goal, ids, measure, milestone, planned, scale } from '../../../test/support/engagement/samples';
import { engagementCatalogue } from '../catalogue';
import type { EngagementEvent } from '../events';
import type { PlanChange } from '../plan-changes';
import { redact } from '../text';
import { changeSentence, eventSentence, healthSentence, titlesOf } from '.';
import { quoted } from './words';

const titles = titlesOf(planned.state!);

describe('the sentence of an event', () => {
  const histories = Array.from({ length: 60 }, (_, seed) => historyOf({ seed, length: 120 }).events).flat();

  it('is there for every type, short, and contains no personal text', () => {
    const types = new Set<string>();
    for (const { type, data } of histories) {
      const event = { type, data } as EngagementEvent;
      const redacted = { type, data: redact(data, engagementCatalogue[event.type].personal) } as EngagementEvent;
      const sentence = eventSentence(event);
      expect(sentence).toMatch(/^[A-Z0-9]/);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      expect(sentence).toBe(eventSentence(redacted));
      types.add(type);
    }
    expect([...types].sort()).toEqual(Object.keys(engagementCatalogue).sort());
  });

  it('cuts a long name between words, else between characters', () => {
    expect(quoted(`${'word '.repeat(15)}${'x'.repeat(20)}`)).toBe(`“${'word '.repeat(15).trim()}…”`);
    expect(quoted(`a${'😀'.repeat(60)}`)).toBe(`“a${'😀'.repeat(39)}…”`);
  });

  const told: [EngagementEvent, string][] = [
    [
      { type: 'MilestoneReached', data: { milestoneId: ids.milestone, reachedOn: '2026-03-10', evidence: 'secret' } },
      'Milestone “CV is ready” was reached on 2026-03-10',
    ],
    [
      { type: 'AgreementSigned', data: { party: 'client', discloses: ['goals', 'progress'] } },
      'The client signed the agreement, disclosing to a sponsor: goals, progress',
    ],
    [{ type: 'AgreementSigned', data: { party: 'coach', discloses: null } }, 'The coach signed the agreement'],
    [
      {
        type: 'GoalAttainmentScored',
        data: { goalId: ids.goal, level: -1, observedOn: '2026-02-01', rater: 'client', corrects: null },
      },
      'The client scored goal “Find a position in research” at −1 on 2026-02-01',
    ],
    [
      {
        type: 'GoalAttainmentScored',
        data: { goalId: ids.goal, level: 1, observedOn: '2026-02-01', rater: 'coach', corrects: ids.note },
      },
      'The coach corrected the score of goal “Find a position in research” to +1 on 2026-02-01',
    ],
    [
      {
        type: 'ResourceAllocated',
        data: { resourceId: ids.resource, to: ids.action, amount: { amount: '200.00', currency: 'EUR' } },
      },
      '200.00 EUR of resource “Course fees” was allocated to “Write the CV”',
    ],
    [
      {
        type: 'BarrierIdentified',
        data: { barrierId: ids.barrier, category: 'internal', description: 'afraid', severity: 4, affects: [] },
      },
      'An internal barrier of severity 4 was identified',
    ],
    [
      { type: 'CheckInScheduled', data: { checkInId: ids.checkIn, scheduledFor: '2026-03-01T09:30:00.000Z' } },
      'A check-in was scheduled for 2026-03-01 09:30 UTC',
    ],
    [
      { type: 'PlanAgreed', data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-02-01' } },
      'The plan was agreed by the client and the coach, as revision 1',
    ],
    [
      { type: 'AchievementCelebrated', data: { celebrationId: ids.celebration, about: ids.milestone, how: 'cake' } },
      'An achievement was celebrated: “CV is ready”',
    ],
  ];
  it.each(told)('%#: tells %j', (event, sentence) => {
    expect(eventSentence(event, titles)).toBe(sentence);
  });

  it('does without titles', () => {
    expect(eventSentence({ type: 'GoalResumed', data: { goalId: ids.goal } })).toBe('A goal was resumed');
    const dropped: EngagementEvent = { type: 'ActionDropped', data: { actionId: ids.unknown, reason: 'x' } };
    expect(eventSentence(dropped, titles)).toBe('An action was dropped');
  });

  it('tells the first changes of an adaptation and counts the others', () => {
    const drop = (milestoneId: string): PlanChange => ({ op: 'milestone-dropped', milestoneId });
    const adapted = (changes: readonly PlanChange[]): EngagementEvent => ({
      type: 'PlanAdapted',
      data: {
        revision: 2,
        baseRevision: 1,
        reasonCode: 'barrier',
        reasonText: 'No time',
        triggeredBy: [],
        changes,
        agreedBy: ['client', 'coach'],
        sponsorInformed: false,
        effectiveOn: '2026-02-01',
      },
    });
    expect(eventSentence(adapted([drop(ids.milestone)]), titles)).toBe(
      'The plan was adapted to revision 2 because of a barrier: milestone “CV is ready” was dropped',
    );
    expect(eventSentence(adapted([ids.milestone, '1', '2', '3', '4'].map(drop)), titles)).toMatch(
      /: milestone “CV is ready” was dropped; a milestone was dropped; a milestone was dropped; and 2 more changes$/,
    );
  });
});

describe('the sentence of a change', () => {
  const { goalId } = goal();
  const { milestoneId } = milestone();
  const euros = (amount: string) => ({ amount, currency: 'EUR' });
  const told: [PlanChange, string][] = [
    [{ op: 'goal-added', goalId: null, goal: goal() }, 'Goal “Find a position in research” was added, due 2026-06-30'],
    [
      { op: 'goal-added', goalId, goal: goal() },
      'The proposed goal “Find a position in research” was taken into the plan, due 2026-06-30',
    ],
    [
      {
        op: 'goal-redated',
        goalId,
        from: { startOn: '2026-02-01', dueOn: '2026-06-30' },
        to: { startOn: '2026-02-01', dueOn: '2026-07-31' },
        datesOverrideReason: null,
      },
      'Goal “Find a position in research” was redated: its due date moved from 2026-06-30 to 2026-07-31',
    ],
    [
      { op: 'goal-retargeted', goalId, from: { measure }, to: { measure: { ...measure, target: 8 } } },
      'Goal “Find a position in research” was retargeted from “10 applications” to “8 applications”',
    ],
    [
      { op: 'goal-retargeted', goalId, from: { measure }, to: { measure: { ...measure, baseline: 2 } } },
      'Goal “Find a position in research” was retargeted: its measure changed',
    ],
    [
      { op: 'goal-retargeted', goalId, from: { measure }, to: { attainmentScale: scale } },
      'Goal “Find a position in research” was retargeted: by a scale instead of a measure',
    ],
    [
      { op: 'goal-reweighted', goalId, from: 1, to: 2 },
      'The weight of goal “Find a position in research” changed from 1 to 2',
    ],
    [
      {
        op: 'goal-redefined',
        goalId,
        from: { specific: 'Old', relevance: 'x' },
        to: { specific: 'New', relevance: 'x' },
      },
      'Goal “Old” became “New”',
    ],
    [
      { op: 'goal-dropped', goalId, outcome: 'not-attainable' },
      'Goal “Find a position in research” was dropped as not attainable',
    ],
    [
      { op: 'milestone-added', milestone: milestone() },
      'Milestone “CV is ready” was added to goal “Find a position in research”, due 2026-05-01',
    ],
    [
      { op: 'milestone-redated', milestoneId, from: '2026-03-01', to: '2026-03-15' },
      'Milestone “CV is ready” moved from 2026-03-01 to 2026-03-15',
    ],
    [
      {
        op: 'milestone-redefined',
        milestoneId,
        from: { title: 'CV is ready', criterion: 'a' },
        to: { title: 'CV is ready', criterion: 'b' },
      },
      'The criterion of milestone “CV is ready” was put into other words',
    ],
    [
      { op: 'milestone-reordered', goalId, from: [], to: [] },
      'The milestones of goal “Find a position in research” were put into another order',
    ],
    [
      { op: 'action-reassigned', actionId: ids.action, from: 'client', to: 'coach' },
      'Action “Write the CV” passed from the client to the coach',
    ],
    [
      {
        op: 'resource-changed',
        resourceId: ids.resource,
        from: { description: 'Course fees', budget: euros('600.00') },
        to: { description: 'Course fees', budget: euros('700.00') },
      },
      'The budget of resource “Course fees” changed from 600.00 EUR to 700.00 EUR',
    ],
    [
      {
        op: 'resource-changed',
        resourceId: ids.resource,
        from: { description: 'Course fees', budget: null },
        to: { description: 'Books', budget: null },
      },
      'Resource “Course fees” became “Books”',
    ],
  ];
  it.each(told)('%#: tells %j', (change, sentence) => {
    expect(changeSentence(change, titles)).toBe(sentence);
  });

  it('cuts a long text at a word', () => {
    const specific = 'a long goal '.repeat(100);
    const sentence = changeSentence({ op: 'goal-added', goalId: null, goal: goal({ specific }) });
    expect(sentence).toMatch(/^Goal “a long goal .*(goal|long|a)…” was added, due 2026-06-30$/);
    expect(sentence.length).toBeLessThan(130);
  });
});

describe('the sentence of a rule that fired', () => {
  const level = 'attention';
  const since = '2026-03-01';
  it('says what is amiss', () => {
    expect(healthSentence({ rule: 'no-contact', level, since, about: null, weeks: 3 }, titles)).toBe(
      'No check-in for 3 weeks or more, and none is scheduled',
    );
    expect(healthSentence({ rule: 'behind', level, since, about: ids.goal, elapsed: 0.4, done: 0.29 }, titles)).toBe(
      'Goal “Find a position in research” is behind: 40 % of its time has passed, 29 % of its milestones are reached',
    );
    expect(healthSentence({ rule: 'overdue', level, since, about: ids.milestone, dueOn: '2026-03-01' }, titles)).toBe(
      'Milestone “CV is ready” is overdue: it was due on 2026-03-01',
    );
    const slipping = { rule: 'slipping', level, since, about: ids.milestone, baselineDueOn: '2026-03-01' } as const;
    expect(healthSentence({ ...slipping, days: 15 }, titles)).toBe(
      'Milestone “CV is ready” slips: 15 days past 2026-03-01, the date agreed first',
    );
    const blocked = { rule: 'blocked', level: 'at-risk', since, about: ids.barrier, severity: 5, days: 20 } as const;
    expect(healthSentence(blocked, titles)).toBe('A barrier of severity 5 has been open for 20 days');
  });
});
