import { startTestCairn, type TestCairn } from '../../../test/support/cairn';
import type { PlanRevision, Progress } from '../../application/queries/shapes';
import { engagementStream } from '../../application/streams';
import { type Api, createApi } from '../api';
import { createDemoClock, type DemoClock } from '../demo-clock';
import { TENANT } from '../settings';
import { playTimeline } from '../timeline';
import { careerSeason } from './career-season';
import { createPlayer } from './player';
import type { Story } from './story';
import { OPENS_ON, walkTheDog } from './walk-the-dog';

jest.setTimeout(60_000);

const silent = { forward: () => undefined, done: () => undefined };
const today = '2026-11-25';
const season = careerSeason(today);
const dog = walkTheDog();

describe('the stories, told to the running server', () => {
  let cairn: TestCairn;
  let api: Api;

  beforeAll(async () => {
    cairn = await startTestCairn({ now: OPENS_ON });
    api = createApi(cairn.url);
    await tell(dog);
    await tell(season);
  });
  afterAll(() => cairn.stop());

  /** On the server's clock, as far as it has not come yet. */
  function clockOfServer(): DemoClock {
    const { moveTo, ...clock } = createDemoClock(cairn.clock.now());
    return {
      ...clock,
      moveTo: (instant) => {
        moveTo(instant);
        cairn.clock.set(clock.now());
      },
    };
  }

  async function tell(story: Story): Promise<void> {
    const player = createPlayer(api, story);
    const entries = story.steps.map((step) => ({ at: step.at, size: 1, play: () => player.play(step) }));
    await playTimeline(entries, clockOfServer(), silent, new AbortController().signal);
    await cairn.settled();
  }

  const progressOf = (story: Story): Promise<Progress> =>
    api.get(story.client, `/engagements/${story.engagementId}/progress`);

  it('show the published case with T 40 to 60 after 37 days, the coach at 40', async () => {
    const { attainment, goals } = await progressOf(dog);
    expect(attainment).toEqual([
      { rater: 'client', goals: 1, baseline: 40, now: 60, change: 20 },
      { rater: 'coach', goals: 1, baseline: 40, now: 40, change: 0 },
    ]);
    expect(goals[0]?.attainment.find(({ rater }) => rater === 'client')).toMatchObject({ level: 1, followUpDays: 37 });
  });

  it('show a plan that was agreed and adapted twice, each time for a reason and with what led to it', async () => {
    const revisions = await api.list<PlanRevision>(season.client, `/engagements/${season.engagementId}/plan/revisions`);
    expect(
      revisions.map(({ revision, reasonCode, changes, triggeredBy }) => [
        revision,
        reasonCode,
        changes.length,
        triggeredBy.map(({ type }) => type),
      ]),
    ).toEqual([
      [1, null, 0, []],
      [2, 'barrier', 6, ['BarrierIdentified', 'CheckInHeld']],
      [3, 'opportunity', 9, ['GoalProposed', 'CheckInHeld']],
    ]);
  });

  it('keep the baseline under the dates that moved', async () => {
    const { goals } = await progressOf(season);
    const slips = goals.flatMap(({ milestones }) => milestones.map(({ title, slippageDays }) => [title, slippageDays]));
    expect(Object.fromEntries(slips)).toMatchObject({
      'Modules 5 to 8 passed': { baseline: 25, current: -10 },
      'Capstone handed in': { baseline: 20, current: -8 },
    });
  });

  it('record nothing when they are told again', async () => {
    const stream = engagementStream(TENANT, season.engagementId);
    const disclosuresPath = `/engagements/${season.engagementId}/disclosures`;
    const before = [await cairn.running.store.streamRevision(stream), await api.list(season.client, disclosuresPath)];
    await tell(season);
    expect([await cairn.running.store.streamRevision(stream), await api.list(season.client, disclosuresPath)]).toEqual(
      before,
    );
  });
});
