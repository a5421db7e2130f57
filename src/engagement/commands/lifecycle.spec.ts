import { commandSamples } from '../../../test/support/engagement/command-samples';
import { active, agreed, ended, paused, planned, proposed } from '../../../test/support/engagement/samples';
import { and, at, id, nothing, people, refusal, when } from '../../../test/support/engagement/scenario';
import { stateOf } from '../engagement';

const { client, coach, sponsor } = people;
const resting = and(active, paused);
const completed = and(active, { type: 'EngagementCompleted', data: { summary: 'All is done' } });

describe('ProposeEngagement', () => {
  const { data } = commandSamples.ProposeEngagement;

  test('opens the record', () => {
    expect(when(nothing, 'ProposeEngagement', data)).toEqual([{ type: 'EngagementProposed', data }]);
  });

  test('an id that is taken', () => {
    expect(when(proposed, 'ProposeEngagement', data)).toEqual(refusal('already-exists', { path: 'engagementId' }));
  });

  test('rule 3: the end is not before the start', () => {
    const backwards = { ...data, endsOn: '2025-12-31' };
    expect(when(nothing, 'ProposeEngagement', backwards)).toEqual(
      refusal('dates-out-of-order', { rule: 3, path: 'endsOn' }),
    );
    const oneDay = { ...data, endsOn: data.startsOn };
    expect(when(nothing, 'ProposeEngagement', oneDay)).toEqual([{ type: 'EngagementProposed', data: oneDay }]);
  });
});

describe('SignAgreement', () => {
  const signed = (party: 'client' | 'coach' | 'sponsor', discloses: 'goals'[] | null = null) => [
    { type: 'AgreementSigned', data: { party, discloses } },
  ];

  test.each(['coach', 'sponsor'] as const)('by the %s', (party) => {
    expect(when(proposed, 'SignAgreement', { party, discloses: null }, { by: people[party] })).toEqual(signed(party));
  });

  test('by the client, with what is disclosed', () => {
    const yes = { party: 'client', discloses: ['goals'] } as const;
    expect(when(proposed, 'SignAgreement', yes, { by: client })).toEqual(signed('client', ['goals']));
    const nothingSaid = { party: 'client', discloses: null } as const;
    expect(when(proposed, 'SignAgreement', nothingSaid, { by: client })).toEqual(signed('client', []));
  });

  test('by the coach for a party they name', () => {
    const yes = { party: 'client', discloses: ['goals'] } as const;
    expect(when(proposed, 'SignAgreement', yes, { onBehalfOf: client.id })).toEqual(signed('client', ['goals']));
    expect(when(proposed, 'SignAgreement', yes, { onBehalfOf: sponsor.id })).toEqual(
      refusal('forbidden', { path: 'party' }),
    );
    expect(when(proposed, 'SignAgreement', yes)).toEqual(refusal('forbidden', { path: 'party' }));
  });

  test('nobody signs for another', () => {
    expect(when(proposed, 'SignAgreement', { party: 'coach', discloses: null }, { by: client })).toEqual(
      refusal('forbidden', { path: 'party' }),
    );
  });

  test('the client may sign again, nobody else', () => {
    const again = { party: 'client', discloses: [] } as const;
    expect(when(active, 'SignAgreement', again, { by: client })).toEqual(signed('client', []));
    expect(when(active, 'SignAgreement', again, { onBehalfOf: client.id })).toEqual(refusal('forbidden'));
    expect(when(active, 'SignAgreement', { party: 'coach', discloses: null })).toEqual(refusal('wrong-state'));
  });

  test('a party that the engagement does not have', () => {
    const { data } = commandSamples.ProposeEngagement;
    const without = and(nothing, { type: 'EngagementProposed', data: { ...data, sponsorId: null } });
    expect(when(without, 'SignAgreement', { party: 'sponsor', discloses: null }, { onBehalfOf: client.id })).toEqual(
      refusal('unknown-reference', { path: 'party' }),
    );
  });

  test('a new coach signs while the coaching goes on', () => {
    const handed = and(active, { type: 'CoachReassigned', data: { coachId: id(0xb2), reason: 'Leave' } });
    const newCoach = { id: id(0xb2), roles: ['coach'] as const };
    expect(when(handed, 'SignAgreement', { party: 'coach', discloses: null }, { by: newCoach })).toEqual(
      signed('coach'),
    );
  });
});

describe('rule 1: coaching starts after every required party signed', () => {
  test('refused while a signature is missing, which is named', () => {
    const onlyTwo = and(
      proposed,
      { type: 'AgreementSigned', data: { party: 'client', discloses: [] } },
      { type: 'AgreementSigned', data: { party: 'coach', discloses: null } },
    );
    expect(when(proposed, 'StartEngagement', {})).toEqual(
      refusal('agreement-not-signed', { rule: 1, detail: /client and coach and sponsor/ }),
    );
    expect(when(onlyTwo, 'StartEngagement', {})).toEqual(
      refusal('agreement-not-signed', { rule: 1, detail: /by sponsor:/ }),
    );
  });

  test('accepted when all have signed', () => {
    expect(when(agreed, 'StartEngagement', {})).toEqual([{ type: 'EngagementStarted', data: {} }]);
  });

  test('two signatures are enough where there is no sponsor', () => {
    const { data } = commandSamples.ProposeEngagement;
    const two = and(
      nothing,
      { type: 'EngagementProposed', data: { ...data, sponsorId: null } },
      { type: 'AgreementSigned', data: { party: 'client', discloses: [] } },
      { type: 'AgreementSigned', data: { party: 'coach', discloses: null } },
    );
    expect(when(two, 'StartEngagement', {})).toMatchObject([{ type: 'EngagementStarted' }]);
  });

  test('not again after the coach was reassigned before the start', () => {
    const handed = and(agreed, { type: 'CoachReassigned', data: { coachId: id(0xb2), reason: 'Leave' } });
    expect(stateOf(handed.state!)).toBe('proposed');
    expect(when(handed, 'StartEngagement', {}, { by: people.admin })).toEqual(
      refusal('agreement-not-signed', { rule: 1 }),
    );
  });

  test.each([client, coach, sponsor, people.admin])('any party may end it', (by) => {
    const data = { reason: 'Moved away' };
    const end = [{ type: 'EngagementEndedEarly', data }];
    expect(when(proposed, 'EndEngagementEarly', data, { by })).toEqual(end);
    expect(when(resting, 'EndEngagementEarly', data, { by })).toEqual(end);
  });
});

describe('the states of an engagement', () => {
  const pasts = { proposed, agreed, active, paused: resting, completed, 'ended-early': and(active, ended) };
  type Name = keyof typeof pasts;
  const transitions = [
    ['StartEngagement', ['agreed'], { proposed: 'agreement-not-signed' }],
    ['PauseEngagement', ['active'], { proposed: 'engagement-not-started', agreed: 'engagement-not-started' }],
    ['ResumeEngagement', ['paused'], { proposed: 'engagement-not-started', agreed: 'engagement-not-started' }],
    [
      'CompleteEngagement',
      ['active', 'paused'],
      { proposed: 'engagement-not-started', agreed: 'engagement-not-started' },
    ],
    ['EndEngagementEarly', ['proposed', 'agreed', 'active', 'paused'], {}],
    [
      'ReopenEngagement',
      ['completed', 'ended-early'],
      { proposed: 'engagement-not-started', agreed: 'engagement-not-started' },
    ],
  ] as const;

  const cases = transitions.flatMap(([kind, from, codes]) =>
    (Object.keys(pasts) as Name[]).map((name) => {
      const isEnd = name === 'completed' || name === 'ended-early';
      const otherwise = isEnd ? 'engagement-ended' : 'wrong-state';
      const isAllowed = (from as readonly string[]).includes(name);
      return [kind, name, isAllowed ? null : ((codes as Partial<Record<Name, string>>)[name] ?? otherwise)] as const;
    }),
  );

  test.each(cases)('%s when %s: %s', (kind, name, code) => {
    const outcome = when(pasts[name], kind, commandSamples[kind].data);
    expect(outcome).toMatchObject(code === null ? [{}] : { refused: code });
  });

  test('wrong-state names the state and what is possible in it', () => {
    expect(when(resting, 'PauseEngagement', { reason: 'Again' })).toEqual(
      refusal('wrong-state', { detail: /paused.*possible now: resume, complete/ }),
    );
  });

  test.each([
    ['StartEngagement', agreed, { type: 'EngagementReopened', data: { reason: 'x' } }],
    ['PauseEngagement', agreed, { type: 'EngagementStarted', data: {} }],
    ['ResumeEngagement', active, paused],
    ['CompleteEngagement', active, { type: 'EngagementResumed', data: {} }],
    ['EndEngagementEarly', active, paused],
    ['ReopenEngagement', active, ended],
  ] as const)('rule 3: %s is not dated before the last change of state', (kind, before, last) => {
    const { data } = commandSamples[kind];
    const given = and(before, at('2026-03-01T09:00:00.000Z', last));
    expect(when(given, kind, data, { occurredAt: '2026-03-01T08:59:59.999Z' })).toEqual(
      refusal('dates-out-of-order', { rule: 3, path: 'occurredAt' }),
    );
    expect(when(given, kind, data, { occurredAt: '2026-03-01T09:00:00.000Z' })).toMatchObject([{}]);
  });

  test('reopened where it was: coaching, or its preparation', () => {
    const reopened = { type: 'EngagementReopened', data: { reason: 'Came back' } } as const;
    expect(stateOf(and(completed, reopened).state!)).toBe('active');
    expect(stateOf(and(agreed, ended, reopened).state!)).toBe('agreed');
    expect(stateOf(and(proposed, ended, reopened).state!)).toBe('proposed');
  });
});

describe('ExtendEngagement', () => {
  test('rule 3: to a later day only', () => {
    const later = { endsOn: '2027-01-01', reason: 'More time' };
    expect(when(active, 'ExtendEngagement', later)).toEqual([{ type: 'EngagementExtended', data: later }]);
    expect(when(active, 'ExtendEngagement', { ...later, endsOn: '2026-12-31' })).toEqual(
      refusal('dates-out-of-order', { rule: 3, path: 'endsOn' }),
    );
  });
});

describe('ReassignCoach', () => {
  test('to somebody who is no party', () => {
    const { data } = commandSamples.ReassignCoach;
    expect(when(planned, 'ReassignCoach', data)).toEqual([{ type: 'CoachReassigned', data }]);
    expect(and(active, { type: 'CoachReassigned', data }).state).toMatchObject({
      coachId: data.coachId,
      phase: { status: 'active' },
    });
  });

  test.each([client, coach, sponsor])('not to a party', (person) => {
    expect(when(active, 'ReassignCoach', { coachId: person.id, reason: 'Leave' })).toEqual(
      refusal('wrong-state', { path: 'coachId' }),
    );
  });
});

test('ArticulateVision', () => {
  const { data } = commandSamples.ArticulateVision;
  expect(when(proposed, 'ArticulateVision', data, { by: client })).toEqual([{ type: 'CareerVisionArticulated', data }]);
});
