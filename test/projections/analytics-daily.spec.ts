import { addDays, daysBetween } from '../../src/engagement/calendar';
import type { CheckIn } from '../../src/engagement/engagement';
import type { PastEngagementEvent } from '../../src/engagement/events';
import { completionOf } from '../../src/engagement/measures/completion';
import { foldFacts } from '../../src/engagement/measures/facts';
import { ownDateOf } from '../../src/engagement/own-date';
import { historyOf, type History } from '../support/histories';
import { createRandom } from '../support/random';
import { openReadModels, type ReadModels } from '../support/read-models';

type Day = { readonly day: string } & Readonly<Record<string, unknown>>;

/** Some of what can be dated back, dated back by up to twelve days. */
function datedBack(history: History, seed: number): History {
  const random = createRandom(seed);
  const events = history.events.map((event) => {
    const field = (
      { MilestoneReached: 'reachedOn', BarrierResolved: 'resolvedOn', PlanAdapted: 'effectiveOn' } as const
    )[event.type as 'PlanAdapted'] as 'effectiveOn' | undefined;
    const data = event.data as { effectiveOn: string; changes?: readonly { op: string }[] };
    const drops = data.changes?.some(({ op }) => op === 'goal-dropped') ?? false;
    if (!field || drops || random.chance(0.5)) return event;
    return { ...event, data: { ...data, [field]: addDays(data[field], -random.below(13)) } };
  });
  return { ...history, events };
}

const pastOf = ({ events }: History) =>
  events.map(
    ({ type, data, eventId, metadata: { occurredAt } }) =>
      ({ type, data, eventId, occurredAt, occurredOn: occurredAt.slice(0, 10) }) as PastEngagementEvent,
  );

/** What the fold of the events up to the day says of it; check-ins count where all events leave them. */
function folded(past: readonly PastEngagementEvent[], checkIns: readonly CheckIn[], day: string, firstDay: string) {
  const facts = foldFacts(past.filter((event) => ownDateOf(event, 'UTC') <= day));
  if (!facts) throw new Error('Not proposed yet');
  const { engagement } = facts;
  const milestones = Object.values(engagement.milestones);
  const open = milestones.filter(({ state }) => state === 'planned' || state === 'missed');
  const barriers = Object.values(engagement.barriers).filter(({ state }) => state === 'open');
  const heldOn = checkIns.flatMap(({ state, heldAt }) => (state === 'held' && heldAt ? [heldAt.slice(0, 10)] : []));
  const contacts = [firstDay, ...heldOn.filter((held) => held >= firstDay && held <= day)].sort();
  const { inScope, reached, current } = completionOf(milestones);
  return {
    day,
    active: engagement.phase.status === 'active',
    milestones_in_scope: inScope,
    milestones_reached: reached,
    completion: current,
    milestones_open: open.length,
    milestones_overdue: open.filter(({ dueOn }) => dueOn < day).length,
    barriers_open: barriers.length,
    severe_barriers_open: barriers.filter(({ severity }) => severity >= 4).length,
    adaptations: engagement.plan.adaptations.length,
    check_ins_held: heldOn.filter((held) => held === day).length,
    check_ins_missed: checkIns.filter(({ missedOn }) => missedOn === day).length,
    days_without_contact: daysBetween(contacts.at(-1) ?? '', day),
  };
}

describe('the facts of each day', () => {
  let models: ReadModels;
  const histories = Array.from({ length: 60 }, (_, seed) =>
    datedBack(historyOf({ seed: seed + 4000, tenantId: 'demo', length: 30 + seed * 2 }), seed),
  );
  const pasts = histories.map((history) => ({ engagementId: history.engagementId, past: pastOf(history) }));
  const daysOf = new Map<string, readonly Day[]>();

  beforeAll(async () => {
    models = await openReadModels();
    await models.play([...histories, historyOf({ seed: 1, tenantId: 'other', length: 200 })]);
    await models.project();
    const { rows } = await models.pool.query<Day & { engagement_id: string }>(
      `SELECT engagement_id, day, active, milestones_in_scope, milestones_reached, completion, milestones_open,
              milestones_overdue, barriers_open, severe_barriers_open, adaptations, check_ins_held, check_ins_missed,
              days_without_contact
       FROM analytics.daily_facts WHERE tenant_id = 'demo' ORDER BY engagement_id, day`,
    );
    for (const { engagement_id, ...day } of rows) {
      daysOf.set(engagement_id, [...(daysOf.get(engagement_id) ?? []), day]);
    }
  });
  afterAll(() => models.close());

  it('are what folding the events up to the day says', () => {
    let compared = 0;
    for (const { engagementId, past } of pasts) {
      const checkIns = Object.values(foldFacts(past)?.engagement.checkIns ?? {});
      const days = daysOf.get(engagementId) ?? [];
      const firstDay = days[0]?.day ?? '';
      expect(days).toEqual(days.map(({ day }) => folded(past, checkIns, day, firstDay)));
      compared += days.length;
    }
    expect(compared).toBeGreaterThan(2000);
    const all = [...daysOf.values()].flat();
    for (const column of [
      'milestones_overdue',
      'severe_barriers_open',
      'adaptations',
      'check_ins_held',
      'check_ins_missed',
    ]) {
      expect(all.some((day) => Number(day[column]) > 0)).toBe(true);
    }
  });

  it('go from the first active day to the end, or to the last day of the tenant', () => {
    const lastDay = pasts
      .flatMap(({ past }) => past.map(({ occurredOn }) => occurredOn))
      .sort()
      .at(-1);
    let ended = 0;
    for (const { engagementId, past } of pasts) {
      const phase = foldFacts(past)?.engagement.phase;
      const [stretch] = phase?.activeStretches ?? [];
      const days = (daysOf.get(engagementId) ?? []).map(({ day }) => day);
      const last = phase?.endedAt?.slice(0, 10) ?? lastDay;
      expect([days[0], days.at(-1)]).toEqual(stretch ? [stretch.from, last] : [undefined, undefined]);
      expect(days).toHaveLength(stretch ? daysBetween(stretch.from, last ?? '') + 1 : 0);
      if (stretch && phase?.endedAt) ended += 1;
    }
    expect(ended).toBeGreaterThan(0);
  });
});
