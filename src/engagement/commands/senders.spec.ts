import { commandSamples } from '../../../test/support/engagement/command-samples';
import { goal, ids, planned, proposed, withPlan } from '../../../test/support/engagement/samples';
import { and, id, nothing, people, type Person, refusal, when } from '../../../test/support/engagement/scenario';
import { isRefusal } from '../decision';
import { type CommandKind, commandRules } from '.';

const { client, coach, sponsor, supervisor, auditor, admin, stranger } = people;

// The column "By" of the contract.
const clientAndCoach = ['client', 'coach'];
const by: Readonly<Partial<Record<CommandKind, readonly string[]>>> = {
  ProposeEngagement: ['coach', 'admin'],
  SignAgreement: ['coach'],
  StartEngagement: ['coach', 'admin'],
  PauseEngagement: ['coach', 'admin'],
  ResumeEngagement: ['coach', 'admin'],
  CompleteEngagement: ['coach', 'admin'],
  ExtendEngagement: ['coach', 'admin'],
  EndEngagementEarly: ['client', 'coach', 'sponsor', 'admin'],
  ReopenEngagement: ['coach', 'admin'],
  ReassignCoach: ['coach', 'admin'],
  AcceptGoal: ['client'],
  RejectGoal: ['client'],
  RecordProgress: ['coach'],
  ScoreAttainment: ['coach'],
  RecordNote: ['coach'],
};

const kinds = Object.keys(commandRules) as CommandKind[];

function codeOf(kind: CommandKind, person: Person): string | null {
  const given = kind === 'ProposeEngagement' ? nothing : planned;
  const outcome = when(given, kind, commandSamples[kind].data, { by: person });
  return isRefusal(outcome) ? outcome.refused : null;
}

describe('who may send', () => {
  test.each(kinds)('%s', (kind) => {
    const senders = Object.entries({ client, coach, sponsor, supervisor, auditor, admin })
      .filter(([, person]) => codeOf(kind, person) !== 'forbidden')
      .map(([name]) => name);
    expect(senders).toEqual(by[kind] ?? clientAndCoach);
  });

  test.each(kinds.filter((kind) => kind !== 'ProposeEngagement'))('%s by a stranger: not found', (kind) => {
    expect(codeOf(kind, stranger)).toBe('not-found');
  });

  test('a party is the id with its role', () => {
    const { data } = commandSamples.ArticulateVision;
    const otherRole = { id: client.id, roles: ['coach'] as const };
    expect(when(planned, 'ArticulateVision', data, { by: otherRole })).toEqual(refusal('not-found'));
  });

  test('an admin who is the coach sends as the coach', () => {
    const both = { id: coach.id, roles: ['admin', 'coach'] as const };
    const outcome = when(planned, 'PauseEngagement', { reason: 'Holidays' }, { by: both, onBehalfOf: client.id });
    expect(outcome).toMatchObject([{ type: 'EngagementPaused' }]);
  });

  test('an admin who is the client sends as admin what the client may not', () => {
    const both = { id: client.id, roles: ['client', 'admin'] as const };
    expect(when(planned, 'PauseEngagement', { reason: 'Holidays' }, { by: both })).toMatchObject([
      { type: 'EngagementPaused' },
    ]);
  });

  test('another coach than the named one does not propose', () => {
    const other = { id: id(0xb1), roles: ['coach'] as const };
    expect(when(nothing, 'ProposeEngagement', commandSamples.ProposeEngagement.data, { by: other })).toEqual(
      refusal('forbidden', { detail: /Only the coach or an admin of this engagement/ }),
    );
  });

  test('an engagement that is not there is not found, by nobody', () => {
    expect(when(nothing, 'StartEngagement', {}, { by: admin })).toEqual(refusal('not-found'));
  });

  test('what the path names is looked up before the sender is judged', () => {
    const data = { goalId: ids.unknown, reason: 'Later' };
    expect(when(planned, 'PutGoalOnHold', data, { by: sponsor })).toEqual(refusal('not-found'));
  });

  test.each([
    ['goal', 'ResumeGoal', { goalId: ids.unknown }],
    ['milestone', 'MissMilestone', { milestoneId: ids.unknown, reason: null }],
    ['action', 'DropAction', { actionId: ids.unknown, reason: 'No' }],
    ['resource', 'ReleaseResource', { resourceId: ids.unknown, to: null, reason: 'No' }],
    ['barrier', 'ReopenBarrier', { barrierId: ids.unknown, reason: 'No' }],
    ['check-in', 'MissCheckIn', { checkInId: ids.unknown, by: 'client', reason: null }],
  ] as const)('an unknown %s in the path is not found', (name, kind, data) => {
    expect(when(planned, kind, data)).toEqual(refusal('not-found', { detail: new RegExp(`no such ${name}`) }));
  });

  test('a dropped thing is found, and refused by its state', () => {
    const dropped = and(planned, { type: 'MilestoneDropped', data: { milestoneId: ids.milestone, reason: null } });
    expect(when(dropped, 'MissMilestone', { milestoneId: ids.milestone, reason: null })).toEqual(
      refusal('wrong-state', { detail: /dropped.*nothing more/ }),
    );
  });
});

describe('rule 2: a sponsor proposes only, and only the client accepts', () => {
  test.each([coach, sponsor])('a goal is not accepted by another party', (person) => {
    expect(when(planned, 'AcceptGoal', { goalId: ids.proposedGoal }, { by: person })).toEqual(
      refusal('forbidden', { rule: 2 }),
    );
  });

  test('an admin is refused without the rule', () => {
    const outcome = when(planned, 'AcceptGoal', { goalId: ids.proposedGoal }, { by: admin });
    expect(outcome).toEqual(refusal('forbidden'));
  });

  test('the client accepts', () => {
    const outcome = when(planned, 'AcceptGoal', { goalId: ids.proposedGoal }, { by: client });
    expect(outcome).toEqual([{ type: 'GoalSet', data: goal({ goalId: ids.proposedGoal, source: 'sponsor' }) }]);
  });

  test('a sponsor never adapts the plan', () => {
    const outcome = when(withPlan, 'AdaptPlan', commandSamples.AdaptPlan.data, { by: sponsor });
    expect(outcome).toEqual(refusal('forbidden', { rule: 2 }));
  });

  test.each(['client', 'coach', 'joint'] as const)('a sponsor sets no goal with the source %s', (source) => {
    const data = goal({ goalId: ids.secondGoal, source });
    expect(when(planned, 'SetGoal', data, { by: sponsor })).toEqual(refusal('forbidden', { rule: 2, path: 'source' }));
  });

  test('who sends decides the event, not the source', () => {
    const data = goal({ goalId: ids.secondGoal, source: 'sponsor' });
    expect(when(planned, 'SetGoal', data, { by: sponsor })).toEqual([{ type: 'GoalProposed', data }]);
    expect(when(planned, 'SetGoal', data, { by: client })).toEqual([{ type: 'GoalSet', data }]);
  });
});

describe('onBehalfOf', () => {
  const { data } = commandSamples.ArticulateVision;

  test('the coach names a party', () => {
    expect(when(planned, 'ArticulateVision', data, { onBehalfOf: client.id })).toEqual([
      { type: 'CareerVisionArticulated', data },
    ]);
  });

  test('nobody else does', () => {
    const path = 'onBehalfOf';
    expect(when(planned, 'ArticulateVision', data, { by: client, onBehalfOf: client.id })).toEqual(
      refusal('forbidden', { path }),
    );
    expect(when(planned, 'StartEngagement', {}, { by: admin, onBehalfOf: coach.id })).toEqual(
      refusal('forbidden', { path }),
    );
  });

  test('naming nobody of the engagement', () => {
    const expected = refusal('unknown-reference', { path: 'onBehalfOf' });
    expect(when(planned, 'ArticulateVision', data, { onBehalfOf: stranger.id })).toEqual(expected);
    const proposal = commandSamples.ProposeEngagement.data;
    expect(when(nothing, 'ProposeEngagement', proposal, { onBehalfOf: stranger.id })).toEqual(expected);
  });

  test('is judged after the phase and before the ids', () => {
    const note = { noteId: ids.goal, visibility: 'shared', text: 'Hello', about: null } as const;
    expect(when(planned, 'RecordNote', note, { onBehalfOf: stranger.id })).toEqual(
      refusal('unknown-reference', { path: 'onBehalfOf' }),
    );
    const { data: extension } = commandSamples.ExtendEngagement;
    expect(when(proposed, 'ExtendEngagement', extension, { onBehalfOf: stranger.id })).toEqual(
      refusal('engagement-not-started', { rule: 7 }),
    );
  });

  test.each(['RecordProgress', 'ScoreAttainment'] as const)('%s by the coach for the client', (kind) => {
    const observation = { ...commandSamples[kind].data, rater: 'client' as const };
    expect(when(planned, kind, observation)).toEqual(refusal('forbidden', { path: 'rater' }));
    expect(when(planned, kind, observation, { onBehalfOf: client.id })).toMatchObject([{ data: observation }]);
    expect(when(planned, kind, observation, { by: client })).toMatchObject([{ data: observation }]);
  });

  test('the client does not observe as the coach', () => {
    const { data: observation } = commandSamples.RecordProgress;
    expect(when(planned, 'RecordProgress', observation, { by: client })).toEqual(
      refusal('forbidden', { path: 'rater' }),
    );
  });
});
