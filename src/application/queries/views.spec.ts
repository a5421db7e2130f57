import type { View } from '../../access/who-sees-what';
import type { Disclosable } from '../../engagement/values';
import type { AuditEntry, Overview, Plan, PlanRevision, Progress } from './shapes';
import { seenDiff, seenEntry, seenOverview, seenPlan, seenProgress, seenRevision } from './views';

const as = (view: View, ...discloses: Disclosable[]) => ({ view, discloses });
const health: Overview['health'] = {
  level: 'attention',
  rules: [
    { rule: 'overdue', level: 'attention', about: 'm', since: '2026-03-01', sentence: 'Milestone “CV” is overdue' },
  ],
};

describe('an overview', () => {
  const overview: Overview = {
    engagementId: 'e',
    revision: 7,
    state: 'active',
    client: { participantId: 'cl', name: 'Ada' },
    coach: { participantId: 'co', name: 'Bob' },
    sponsor: { participantId: 'sp', name: 'Eve' },
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    startedAt: null,
    endedAt: null,
    agreement: { signed: ['client'], missing: ['coach', 'sponsor'], discloses: [] },
    vision: { vision: 'to lead', values: ['courage'], interests: [], aspirations: ['a team'] },
    plan: { revision: 1, agreedAt: null, lastAdaptedAt: null },
    goals: [
      {
        goalId: 'g',
        specific: 'Lead a team',
        source: 'joint',
        lifecycle: 'active',
        achievement: 'improving',
        rank: 1,
        weight: 1,
        startOn: '2026-01-01',
        dueOn: '2026-06-30',
        baselineDueOn: null,
        completion: 0.5,
      },
    ],
    lastCheckIn: { checkInId: 'c1', heldAt: '2026-01-02T00:00:00.000Z' },
    nextCheckIn: { checkInId: 'c2', scheduledFor: '2026-05-02T00:00:00.000Z' },
    open: { milestones: 1, actions: 2, barriers: 3 },
    health,
  };
  const nothing = {
    ...overview,
    vision: null,
    goals: [],
    lastCheckIn: null,
    nextCheckIn: null,
    open: null,
    health: null,
  };

  it('is whole for client, coach and supervisor', () => {
    expect(seenOverview(overview, as('all'))).toEqual(overview);
  });

  it('shows a sponsor what the consent discloses, part by part', () => {
    const { vision, goals, lastCheckIn, nextCheckIn, open } = overview;
    expect(seenOverview(overview, as('disclosed'))).toEqual(nothing);
    expect(seenOverview(overview, as('disclosed', 'goals'))).toEqual({ ...nothing, vision, goals });
    expect(seenOverview(overview, as('disclosed', 'attendance'))).toEqual({ ...nothing, lastCheckIn, nextCheckIn });
    expect(seenOverview(overview, as('disclosed', 'progress'))).toEqual({
      ...nothing,
      open,
      health: { level: 'attention', rules: [] },
    });
  });

  it('has no personal text for an auditor', () => {
    const seen = seenOverview(overview, as('redacted'));
    expect(seen).toEqual({
      ...overview,
      client: { participantId: 'cl', name: null },
      coach: { participantId: 'co', name: null },
      sponsor: { participantId: 'sp', name: null },
      vision: { vision: null, values: null, interests: null, aspirations: null },
    });
  });

  it('has counts for an admin, and neither vision nor goals', () => {
    const seen = seenOverview(overview, as('counts'));
    expect(seen).toMatchObject({ vision: null, goals: [], open: overview.open, client: overview.client });
    expect(seen.health?.rules).toEqual([{ ...health.rules[0], sentence: null }]);
  });
});

describe('progress', () => {
  const progress = {
    health,
    goals: [{ goalId: 'g', specific: 'Lead a team', milestones: [{ milestoneId: 'm', title: 'CV' }] }],
  } as unknown as Progress;

  it('shows a sponsor no rules, and texts only with the goals', () => {
    expect(seenProgress(progress, as('all'))).toBe(progress);
    const rules = { level: 'attention', rules: [] };
    expect(seenProgress(progress, as('disclosed', 'progress', 'goals'))).toEqual({ ...progress, health: rules });
    expect(seenProgress(progress, as('disclosed', 'progress'))).toEqual({
      health: rules,
      goals: [{ goalId: 'g', specific: null, milestones: [{ milestoneId: 'm', title: null }] }],
    });
  });
});

describe('a plan', () => {
  const plan = {
    goals: [{ goalId: 'g' }],
    resources: [{ resourceId: 'r', description: 'Course fees' }],
    barriers: [{ barrierId: 'b', description: 'afraid', strategies: [{ description: 'breathe' }] }],
  } as unknown as Plan;

  it('shows a sponsor neither barriers nor resources, an auditor no text of a barrier', () => {
    expect(seenPlan(plan, as('all'))).toEqual(plan);
    expect(seenPlan(plan, as('disclosed', 'goals'))).toEqual({ ...plan, barriers: [], resources: [] });
    const [barrier] = seenPlan(plan, as('redacted')).barriers;
    expect(barrier).toMatchObject({ description: null, strategies: [{ description: 'breathe' }] });
  });

  it('has a difference without resources for a sponsor', () => {
    const lines = (['goal', 'resource'] as const).map((kind) => ({ kind, id: kind, value: {} }));
    const changed = lines.map(({ kind, id }) => ({ kind, id, field: 'x', from: 1, to: 2 }));
    const diff = { from: 1, to: 2, added: lines, dropped: lines, changed, reasons: [] };
    expect(seenDiff(diff, as('all'))).toEqual(diff);
    const seen = seenDiff(diff, as('disclosed', 'goals'));
    expect([seen.added, seen.dropped, seen.changed].map((part) => part.map(({ kind }) => kind))).toEqual([
      ['goal'],
      ['goal'],
      ['goal'],
    ]);
  });

  it('has revisions without triggers and resources for a sponsor', () => {
    const revision = {
      changes: [{ op: 'resource-changed' }, { op: 'action-dropped' }],
      sentences: ['The budget changed', 'An action was dropped'],
      triggeredBy: [{ eventId: 'x' }],
    } as unknown as PlanRevision;
    expect(seenRevision(revision, as('redacted'))).toBe(revision);
    expect(seenRevision(revision, as('disclosed', 'goals'))).toEqual({
      changes: [{ op: 'action-dropped' }],
      sentences: ['An action was dropped'],
      triggeredBy: [],
    });
  });
});

describe('an entry of the audit', () => {
  it('has no personal text for an auditor', () => {
    const entry = { type: 'NoteRecorded', data: { noteId: 'n', text: 'secret', digest: 'd' } } as unknown as AuditEntry;
    expect(seenEntry(entry, as('all'))).toBe(entry);
    expect(seenEntry(entry, as('redacted')).data).toEqual({ noteId: 'n', text: null, digest: 'd' });
  });
});
