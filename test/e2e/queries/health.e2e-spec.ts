import { adapt, aGoal, agreePlan, aMilestone, done, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { after, engagementSince, on } from '../../support/past';
import { read } from '../../support/reading';
import { overview, progress } from '../../support/shapes';

const today = '2026-06-01';
const start = '2026-01-01';
let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now: `${today}T09:00:00.000Z` });
});
afterAll(() => cairn.stop());

/** With a check-in far ahead, so that there is contact. */
async function inContact(): Promise<Case> {
  const of = await engagementSince(cairn, start);
  done(await of.post('/check-ins', { scheduledFor: '2026-12-01T09:00:00Z', ...on(start) }));
  return of;
}
const goalOf = (of: Case, dueOn = '2026-11-30') => aGoal(of, { startOn: start, dueOn, ...on(start) });
const milestoneOf = (of: Case, goal: string, dueOn: string) => aMilestone(of, goal, { dueOn, ...on(start) });
const day = (number: number) => after(start, number);

/** The health at the end of that day, without the words. */
async function healthOn(of: Case, asOf: string) {
  await cairn.settled();
  const { health } = await read(of.coach, of.at(`/progress?asOf=${asOf}`), progress);
  const rules = health.rules.map(({ rule, level, about, since }) => ({ rule, level, about, since }));
  for (const { sentence } of health.rules) expect(sentence).toEqual(expect.stringMatching(/\w+ \w+/));
  return { level: health.level, rules: rules.sort((one, other) => (one.rule < other.rule ? -1 : 1)) };
}

const onTrack = { level: 'on-track', rules: [] };
const fired = (rule: string, level: string, about: string | null, since: string) => ({
  level,
  rules: [{ rule, level, about, since }],
});

describe('no-contact', () => {
  it('fires three weeks after the start or the last check-in', async () => {
    const of = await engagementSince(cairn, start);
    const { checkInId } = done(
      await of.post('/check-ins', { scheduledFor: '2026-01-22T23:00:00Z', ...on(day(22)) }),
    ).body;
    expect(await healthOn(of, day(20))).toEqual(onTrack);
    expect(await healthOn(of, day(21))).toEqual(fired('no-contact', 'attention', null, day(21)));
    const held = { heldAt: '2026-01-24T10:00:00Z', summary: 'We met' };
    done(await of.post(`/check-ins/${String(checkInId)}/hold`, held));
    expect(await healthOn(of, '2026-02-13')).toEqual(onTrack);
    expect(await healthOn(of, '2026-02-14')).toEqual(fired('no-contact', 'attention', null, '2026-02-14'));
    expect(await healthOn(of, today)).toEqual(fired('no-contact', 'attention', null, '2026-02-14'));
  });

  it('does not fire while one is scheduled', async () => {
    const of = await inContact();
    expect(await healthOn(of, today)).toEqual(onTrack);
  });

  it('does not fire before the start, while paused or after the end', async () => {
    const before = await engagementSince(cairn, start, { state: 'signed' });
    expect(await healthOn(before, today)).toEqual(onTrack);
    const paused = await engagementSince(cairn, start);
    done(await paused.post('/pause', { reason: 'Illness', ...on('2026-01-10') }));
    expect(await healthOn(paused, today)).toEqual(onTrack);
    const ended = await engagementSince(cairn, start);
    done(await ended.post('/complete', { summary: 'Done', ...on('2026-03-10') }));
    expect(await healthOn(ended, today)).toEqual(onTrack);
    expect(await healthOn(ended, '2026-03-09')).toMatchObject({ level: 'attention' });
  });
});

describe('behind', () => {
  /** A goal of 100 days with ten milestones, so many of which are reached at its start. */
  async function goalWith(reached: number) {
    const of = await inContact();
    const goal = await goalOf(of, day(100));
    for (let n = 0; n < 10; n += 1) {
      const id = await milestoneOf(of, goal, day(100));
      if (n < reached) done(await of.post(`/milestones/${id}/reach`, { reachedOn: start }));
    }
    return { of, goal };
  }

  it('is at risk on day 40 with 1 of 10 done, since day 11', async () => {
    const { of, goal } = await goalWith(1);
    expect(await healthOn(of, day(10))).toEqual(onTrack);
    expect(await healthOn(of, day(11))).toEqual(fired('behind', 'attention', goal, day(11)));
    expect(await healthOn(of, day(20))).toEqual(fired('behind', 'attention', goal, day(11)));
    expect(await healthOn(of, day(21))).toEqual(fired('behind', 'at-risk', goal, day(11)));
    expect(await healthOn(of, day(40))).toEqual(fired('behind', 'at-risk', goal, day(11)));
  });

  it('is attention on day 40 with 3 of 10 done, since day 31', async () => {
    const { of, goal } = await goalWith(3);
    expect(await healthOn(of, day(40))).toEqual(fired('behind', 'attention', goal, day(31)));
  });

  it('does not fire on day 40 with 4 of 10 done, and does on day 41', async () => {
    const { of, goal } = await goalWith(4);
    expect(await healthOn(of, day(40))).toEqual(onTrack);
    expect(await healthOn(of, day(41))).toEqual(fired('behind', 'attention', goal, day(41)));
  });

  it('never fires without milestones, nor for a goal on hold or completed', async () => {
    const none = await inContact();
    await goalOf(none, day(100));
    expect(await healthOn(none, day(99))).toEqual(onTrack);
    const { of, goal } = await goalWith(1);
    done(await of.post(`/goals/${goal}/hold`, { reason: 'Later', ...on(day(30)) }));
    expect(await healthOn(of, day(29))).toMatchObject({ level: 'at-risk' });
    expect(await healthOn(of, day(40))).toEqual(onTrack);
  });
});

describe('overdue and slipping', () => {
  /** A milestone due on day 20 of an agreed plan, with a longer goal whose other milestones are reached. */
  async function due() {
    const of = await inContact();
    const goal = await goalOf(of);
    const id = await milestoneOf(of, goal, day(20));
    for (let n = 0; n < 4; n += 1) {
      done(await of.post(`/milestones/${await milestoneOf(of, goal, day(5))}/reach`, { reachedOn: start }));
    }
    return { of, id };
  }

  it('overdue fires the day after the current date, slipping 15 days after the baseline', async () => {
    const { of, id } = await due();
    await agreePlan(of, on(start));
    expect(await healthOn(of, day(20))).toEqual(onTrack);
    expect(await healthOn(of, day(21))).toEqual(fired('overdue', 'attention', id, day(21)));
    expect(await healthOn(of, day(34))).toEqual(fired('overdue', 'attention', id, day(21)));
    const both = [
      { rule: 'overdue', level: 'attention', about: id, since: day(21) },
      { rule: 'slipping', level: 'attention', about: id, since: day(35) },
    ];
    expect(await healthOn(of, day(35))).toEqual({ level: 'attention', rules: both });
    done(await of.post(`/milestones/${id}/miss`, on(day(40))));
    expect(await healthOn(of, day(41))).toEqual({ level: 'attention', rules: both });
    done(await of.post(`/milestones/${id}/reach`, { reachedOn: day(50) }));
    expect(await healthOn(of, day(49))).toEqual({ level: 'attention', rules: both });
    expect(await healthOn(of, day(50))).toEqual(onTrack);
  });

  it('a new date ends overdue, and hides no slip', async () => {
    const { of, id } = await due();
    await agreePlan(of, on(start));
    const redated = { op: 'milestone-redated', milestoneId: id, from: day(20), to: day(60) };
    done(await adapt(of, [redated], { effectiveOn: day(30) }));
    expect(await healthOn(of, day(29))).toEqual(fired('overdue', 'attention', id, day(21)));
    expect(await healthOn(of, day(34))).toEqual(onTrack);
    expect(await healthOn(of, day(35))).toEqual(fired('slipping', 'attention', id, day(35)));
  });

  it('nothing slips before the plan is agreed', async () => {
    const { of, id } = await due();
    expect(await healthOn(of, day(50))).toEqual(fired('overdue', 'attention', id, day(21)));
  });
});

describe('blocked', () => {
  it.each([4, 5])('is at risk when a barrier of severity %s is open for more than 14 days', async (severity) => {
    const of = await inContact();
    const body = { category: 'skill', description: 'No time', severity, affects: [], ...on(day(10)) };
    const id = done(await of.post('/barriers', body)).body.barrierId as string;
    expect(await healthOn(of, day(24))).toEqual(onTrack);
    expect(await healthOn(of, day(25))).toEqual(fired('blocked', 'at-risk', id, day(25)));
    done(await of.post(`/barriers/${id}/resolve`, { outcome: 'Solved', resolvedOn: day(30) }));
    expect(await healthOn(of, day(29))).toEqual(fired('blocked', 'at-risk', id, day(25)));
    expect(await healthOn(of, day(30))).toEqual(onTrack);
  });

  it('never fires for one of severity 3', async () => {
    const of = await inContact();
    done(await of.post('/barriers', { category: 'skill', description: 'x', severity: 3, affects: [], ...on(start) }));
    expect(await healthOn(of, today)).toEqual(onTrack);
  });
});

describe('The health of now', () => {
  it('is the same in overview, progress and caseload, and that of today', async () => {
    const of = await engagementSince(cairn, start);
    await milestoneOf(of, await goalOf(of), day(20));
    await agreePlan(of, on(day(1)));
    await cairn.settled();
    const { health } = await read(of.coach, of.at('/progress'), progress);
    expect(health.rules.map(({ rule }) => rule).sort()).toEqual(['behind', 'no-contact', 'overdue', 'slipping']);
    expect(health.level).toBe('at-risk');
    expect((await read(of.coach, of.at(''), overview)).health).toEqual(health);
    expect((await read(of.coach, of.at(`/progress?asOf=${today}`), progress)).health).toEqual(health);
    expect((await of.coach.get('/caseload')).body.items[0].health).toEqual(health);
  });
});
