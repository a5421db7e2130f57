import { setImmediate as breathe } from 'node:timers/promises';
import { addDays } from '../engagement/calendar';
import type { IsoDate } from '../engagement/values';
import { type BulkEventStore, WrongExpectedRevision } from '../event-store/event-store';
import { StartError } from '../platform/start-error';
import { type Api, UnexpectedAnswer } from './api';
import type { DemoClock } from './demo-clock';
import { findEarlierRun } from './earlier-run';
import { type FirmPlan, type FirmStream, liveEngagements, peopleOf, registerPeople } from './firm/generate';
import { sliceByMonth } from './firm/slices';
import { showProgress } from './print/progress-bar';
import { print } from './print/terminal';
import { RULES, TENANT } from './settings';
import { careerSeason } from './stories/career-season';
import { createPlayer } from './stories/player';
import type { Story } from './stories/story';
import { walkTheDog } from './stories/walk-the-dog';
import { type Entry, playTimeline } from './timeline';

/** Where the cases are played. `signal` ends the playing between two of its steps. */
type Stage = {
  readonly api: Api;
  readonly store: BulkEventStore;
  readonly clock: DemoClock;
  /** The letters that are written while the cases that lead up to the day are told. */
  readonly letters: (today: IsoDate) => readonly Entry[];
  readonly signal: AbortSignal;
};

/** Two years. */
const DAYS = 731;

/** The firm of the demo, over the two years that end on `today`. */
function firmPlan(today: IsoDate): FirmPlan {
  const from = addDays(today, -DAYS);
  return { ...RULES, tenantId: TENANT, seed: 'cairn', from, until: today, coaches: 40, engagements: 400 };
}

/**
 * Tells all cases on one clock, those of the stories through the API, those of the firm month by month into the log.
 * An earlier run that was interrupted is continued: what it recorded is not recorded again. Where the log holds all of
 * it, or the cases that led up to another day, nothing is played.
 *
 * @returns the day that the cases in the log lead up to
 * @throws StartError when the folder holds other cases than this version tells
 */
export async function play(stage: Stage, today: IsoDate): Promise<IsoDate> {
  const { api, store, clock, letters, signal } = stage;
  const firm = await decideFirm(firmPlan(today), signal);
  const earlier = await findEarlierRun(store, firm, DAYS);
  if (earlier !== 'part') {
    const upTo = earlier === 'all' ? today : earlier.upTo;
    print(`  The log holds the cases of ${upTo} already.`);
    return upTo;
  }
  const entries = [
    ...[walkTheDog(), careerSeason(today)].flatMap((story) => storyEntries(api, story)),
    ...firmEntries(store, firm),
    ...letters(today),
  ];
  const events = entries.reduce((sum, { size }) => sum + size, 0);
  const progress = showProgress('recording two years', events);
  try {
    await playTimeline(entries, clock, progress, signal);
  } catch (error) {
    const isOther =
      error instanceof WrongExpectedRevision || (error instanceof UnexpectedAnswer && error.answer.status === 422);
    if (!isOther) throw error;
    throw new StartError('The data folder holds a demo with other cases: run npm run demo -- --fresh.', {
      cause: error,
    });
  }
  progress.done(`${events.toLocaleString('en')} events`);
  return today;
}

async function decideFirm(plan: FirmPlan, signal: AbortSignal): Promise<readonly FirmStream[]> {
  const people = peopleOf(plan);
  const progress = showProgress('deciding 400 engagements', plan.engagements);
  const streams: FirmStream[] = [...registerPeople(plan, people)];
  let refusals = 0;
  for (const engagement of liveEngagements(plan, people)) {
    streams.push(engagement);
    refusals += engagement.refusals;
    progress.forward(1, '');
    // Lets the server, and Ctrl-C, have a turn.
    await breathe();
    signal.throwIfAborted();
  }
  progress.done(`${plan.coaches} coaches; ${refusals} choices were against the rules and were refused`);
  return streams;
}

function storyEntries(api: Api, story: Story): readonly Entry[] {
  const player = createPlayer(api, story);
  return story.steps.map((step) => ({ at: step.at, size: 1, play: () => player.play(step) }));
}

function firmEntries(store: BulkEventStore, firm: readonly FirmStream[]): readonly Entry[] {
  return sliceByMonth(firm).map(({ until, appends, events }) => ({
    at: until,
    size: events,
    play: async () => {
      await store.appendMany(appends);
    },
  }));
}
