import { addDays } from '../../engagement/calendar';
import type { Id, Instant, IsoDate } from '../../engagement/values';
import { engagementStream } from '../../application/streams';
import type { NewEvent } from '../../event-store/event-store';
import { uuidV5 } from '../../platform/ids';
import { createAgenda } from './agenda';
import { instantOn, workingDay } from './dates';
import { createDesk, type DeskSettings } from './desk';
import { begin } from './life/beginning';
import type { Life } from './life/life';
import { takeTurns } from './life/turns';
import { inventPeople, type People, type Person } from './people';
import { createRandom, type Random } from './random';
import { register } from './registration';
import { aims } from './vocabulary/aims';

const NAMESPACE = '0e6b3a52-9d0e-4f0b-8f0c-2b7d5a1c9e44';

export type FirmPlan = DeskSettings & {
  readonly seed: string;
  /** The first day of the firm. */
  readonly from: IsoDate;
  /** Nothing is recorded on this day or later. */
  readonly until: IsoDate;
  readonly coaches: number;
  readonly engagements: number;
};

/** A whole stream of the firm, in its order. */
export type FirmStream = { readonly stream: string; readonly events: readonly NewEvent[] };

export type EngagementStream = FirmStream & {
  readonly engagementId: Id;
  /** How many of the choices the domain refused. */
  readonly refusals: number;
};

/** The firm's people, registered before the first of them is needed. */
export function registerPeople(plan: FirmPlan, people: People): readonly FirmStream[] {
  const registrar = people.coaches[0]?.id ?? '';
  const everybody = [...people.coaches, ...people.sponsors, ...people.clients];
  return everybody.map((person, index) => {
    // One a minute, on the working day before the firm opens.
    const at = new Date(Date.parse(instantOn(workingDay(plan.from), 8 * 60)) + index * 60_000).toISOString();
    return register(plan.tenantId, registrar, person, at);
  });
}

export const peopleOf = (plan: FirmPlan): People =>
  inventPeople(createRandom(plan.seed).fork('people'), {
    coaches: plan.coaches,
    clients: plan.engagements,
    sponsors: Math.ceil(plan.engagements / 16),
  });

/**
 * Lives every engagement of the firm, one after the other, from its first contact to `until`, each command decided by
 * the domain. The same plan gives the same streams.
 */
export function* liveEngagements(plan: FirmPlan, people: People): Generator<EngagementStream> {
  const random = createRandom(plan.seed);
  for (let index = 0; index < plan.engagements; index += 1) {
    const client = people.clients[index];
    if (client) yield liveOne(plan, people, client, random.fork(`engagement ${index + 1}`));
  }
}

function liveOne(plan: FirmPlan, people: People, client: Person, random: Random): EngagementStream {
  const engagementId = uuidV5(NAMESPACE, client.id);
  const sponsor = random.chance(1 / 3) ? random.pick(people.sponsors).id : null;
  const [coach, standIn] = random.sample(people.coaches, 2);
  if (!coach || !standIn) throw new RangeError('A firm has at least two coaches.');
  const startsOn = firstDay(plan, random);
  const endsOn = addDays(startsOn, random.whole(110, 300));
  const agenda = createAgenda(instantOn(addDays(startsOn, -20), 0));
  const cast = { client: client.id, coach: coach.id, sponsor };
  const desk = createDesk(plan, engagementId, cast, agenda.now);
  const life: Life = {
    engagementId,
    cast,
    standIn: standIn.id,
    drive: 0.35 + 0.65 * random.next(),
    care: random.next(),
    aims: random.sample(
      aims,
      random.weighted([
        [1, 1],
        [2, 5],
        [3, 3],
      ] as const),
    ),
    startsOn,
    endsOn,
    random,
    agenda,
    desk,
  };
  begin(life);
  takeTurns(life);
  agenda.run(instantOn(plan.until, 0) satisfies Instant);
  return {
    engagementId,
    stream: engagementStream(plan.tenantId, engagementId),
    events: desk.stream(),
    refusals: desk.refusals(),
  };
}

/** Some weeks after the firm opened, some weeks before the end: everybody has at least begun. */
function firstDay(plan: FirmPlan, random: Random): IsoDate {
  const days = Math.round((Date.parse(plan.until) - Date.parse(plan.from)) / 86_400_000);
  return workingDay(addDays(plan.from, random.whole(25, days - 25)));
}
