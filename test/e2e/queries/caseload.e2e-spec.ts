import { expectInvalid, expectProblem } from '../../support/answers';
import {
  aGoal,
  agreePlan,
  aMilestone,
  anAction,
  anEngagement,
  done,
  now,
  today,
  type Case,
} from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';
import { engagementSince, on as day } from '../../support/past';
import { foundIn, read, readItems, reason } from '../../support/reading';
import { caseloadItem, overview } from '../../support/shapes';

let cairn: TestCairn;
let coach: Caller;
let calm: Case;
let silent: Case;
let blocked: Case;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  coach = cairn.as('coach');
  calm = await anEngagement(cairn, { coach });
  silent = await engagementSince(cairn, '2026-01-01', { coach });
  blocked = await engagementSince(cairn, '2026-01-01', { coach });
  const body = { category: 'skill', description: 'Secretbarrier', severity: 4, affects: [], ...day('2026-02-01') };
  done(await blocked.post('/barriers', body));
  await anEngagement(cairn);
  await cairn.settled();
});
afterAll(() => cairn.stop());

const caseload = (by: Caller = coach, query = '', headers = {}) =>
  readItems(by, `/caseload${query}`, caseloadItem, headers);
const ids = (items: readonly { engagementId: string }[]) => items.map(({ engagementId }) => engagementId);

describe('The caseload', () => {
  it('has the engagements of the coach, the most urgent first', async () => {
    const items = await caseload();
    expect(ids(items)).toEqual([blocked.id, silent.id, calm.id]);
    expect(items.map(({ health }) => health.level)).toEqual(['at-risk', 'attention', 'on-track']);
  });

  it('has of each what the overview has', async () => {
    for (const item of await caseload(coach, `?coachId=${coach.id}`)) {
      const { engagementId, client, state, health, lastCheckIn, nextCheckIn } = await read(
        coach,
        `/engagements/${item.engagementId}`,
        overview,
      );
      expect(item).toEqual({ engagementId, client, state, health, lastCheckIn, nextCheckIn, dueNext: null });
    }
  });

  it('says what is due next', async () => {
    const of = await anEngagement(cairn);
    const dueNext = async () => {
      await cairn.settled();
      return (await caseload(of.coach))[0]?.dueNext;
    };
    const goal = await aGoal(of);
    expect(await dueNext()).toBeNull();
    const later = await aMilestone(of, goal, { title: 'Later', dueOn: '2026-06-10' });
    const sooner = await aMilestone(of, goal, { title: 'Sooner', dueOn: '2026-05-20' });
    expect(await dueNext()).toEqual({ kind: 'milestone', id: sooner, title: 'Sooner', dueOn: '2026-05-20' });
    const action = await anAction(of, later, { title: 'Write', dueOn: '2026-05-10' });
    expect(await dueNext()).toEqual({ kind: 'action', id: action, title: 'Write', dueOn: '2026-05-10' });
    done(await of.post(`/actions/${action}/complete`, { completedOn: today }));
    done(await of.post(`/milestones/${sooner}/reach`, { reachedOn: today }));
    expect(await dueNext()).toMatchObject({ kind: 'milestone', id: later });
    await agreePlan(of);
    done(
      await of.post('/plan/adaptations', {
        baseRevision: 1,
        reasonCode: 'learning',
        reasonText: 'x',
        changes: [
          {
            op: 'milestone-redefined',
            milestoneId: later,
            from: { title: 'Later', criterion: 'Three people have read it' },
            to: { title: 'At last', criterion: 'x' },
          },
        ],
        agreedBy: ['client', 'coach'],
        effectiveOn: today,
      }),
    );
    expect(await dueNext()).toMatchObject({ id: later, title: 'At last' });
  });

  it('of another coach is read by a supervisor who says why, and by an admin', async () => {
    const seen = await caseload(cairn.as('supervisor'), `?coachId=${coach.id}`, reason);
    expect(seen).toEqual(await caseload());
    expectProblem(await cairn.as('supervisor').get(`/caseload?coachId=${coach.id}`), 403, 'reason-required');
    const counted = await caseload(cairn.as('admin'), `?coachId=${coach.id}`);
    expect(ids(counted)).toEqual(ids(seen));
  });

  it('has neither titles nor sentences for an admin', async () => {
    const of = await anEngagement(cairn);
    await aMilestone(of, await aGoal(of), { title: 'Secrettitle', dueOn: '2026-04-01', ...day('2026-03-01') });
    const late = await engagementSince(cairn, '2026-01-01', { coach: of.coach });
    await cairn.settled();
    const answer = await cairn.as('admin').get(`/caseload?coachId=${of.coach.id}`);
    const items = await caseload(cairn.as('admin'), `?coachId=${of.coach.id}`);
    expect(foundIn(answer, ['Secrettitle'])).toEqual([]);
    expect(items.find(({ engagementId }) => engagementId === of.id)?.dueNext).toMatchObject({
      kind: 'milestone',
      title: null,
    });
    const { health } = items.find(({ engagementId }) => engagementId === late.id)!;
    expect(health.rules).toMatchObject([{ rule: 'no-contact', sentence: null }]);
  });

  it.each(['client', 'coach', 'sponsor', 'auditor'])('of another coach is refused to a %s', async (role) => {
    expectProblem(await cairn.as(role).get(`/caseload?coachId=${coach.id}`, reason), 403, 'forbidden');
  });

  it('of a coach of another tenant is not to be seen', async () => {
    expect(await caseload(cairn.as('admin', undefined, 'elsewhere'), `?coachId=${coach.id}`)).toEqual([]);
    expect(await caseload(cairn.as('coach', coach.id, 'elsewhere'))).toEqual([]);
  });

  it('moves to the new coach at once', async () => {
    const of = await anEngagement(cairn);
    const successor = cairn.as('coach');
    done(await of.post('/coach', { coachId: successor.id, reason: 'Moved' }));
    await cairn.settled();
    expect(ids(await caseload(successor))).toEqual([of.id]);
    expect(await caseload(of.coach)).toEqual([]);
  });

  it.each(['coachId=me', 'order=desc', 'state=active'])('refuses %s', async (query) => {
    expectInvalid(await coach.get(`/caseload?${query}`));
  });
});
