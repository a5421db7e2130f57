import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Refused } from '../refused';
import { momentOf, momentOfRevision, type Moment, planRevisionOf, readHistory, type Recorded } from './history';
import { currentFactsOf } from './overview-handlers';
import { planDiff } from './plan-diff';
import { type AboutEngagement, GetPlan, GetPlanDiff, GetProgress } from './queries';
import { asked, Reading } from './reading';
import type { Plan, PlanDiff, Progress } from './shapes';
import { toPlan } from './to-plan';
import { toProgress } from './to-progress';
import { seenDiff, seenPlan, seenProgress } from './views';

@QueryHandler(GetProgress)
export class GetProgressHandler implements IQueryHandler<GetProgress, Progress> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: GetProgress): Promise<Progress> {
    const { asOf } = params;
    const viewer = await this.reading.admit('progress', params);
    const { facts, day } = await this.factsOn(params);
    await this.reading.show(viewer, params, asked('progress', { asOf }));
    return seenProgress(toProgress(facts, day, this.reading.rules), viewer);
  }

  private async factsOn(params: GetProgress['params']): Promise<Moment> {
    if (params.asOf === null) return present(this.reading, params);
    return past(await historyOf(this.reading, params), { asOf: params.asOf, knownAt: null }, this.reading);
  }
}

@QueryHandler(GetPlan)
export class GetPlanHandler implements IQueryHandler<GetPlan, Plan> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: GetPlan): Promise<Plan> {
    const { revision, asOf, knownAt } = params;
    const viewer = await this.reading.admit('plan', params);
    const { facts, day } = await this.momentFor(params);
    await this.reading.show(viewer, params, asked('plan', { revision, asOf, knownAt }));
    return seenPlan(toPlan(facts, day, { asOf, knownAt }), viewer);
  }

  private async momentFor(params: GetPlan['params']): Promise<Moment> {
    const { revision, asOf, knownAt } = params;
    if (revision === null && asOf === null && knownAt === null) return present(this.reading, params);
    const history = await historyOf(this.reading, params);
    return revision === null
      ? past(history, { asOf, knownAt }, this.reading)
      : atRevision(history, revision, this.reading);
  }
}

@QueryHandler(GetPlanDiff)
export class GetPlanDiffHandler implements IQueryHandler<GetPlanDiff, PlanDiff> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: GetPlanDiff): Promise<PlanDiff> {
    const { from, to } = params;
    const viewer = await this.reading.admit('plan', params);
    const history = await historyOf(this.reading, params);
    const [before, after] = [from, to].map((revision) => {
      const { facts, day } = atRevision(history, revision, this.reading);
      return toPlan(facts, day, { asOf: null, knownAt: null });
    }) as [Plan, Plan];
    const [lower, higher] = [Math.min(from, to), Math.max(from, to)];
    const between = history
      .map(({ event }) => event)
      .filter((event) => {
        const revision = planRevisionOf(event) ?? 0;
        return lower < revision && revision <= higher;
      });
    await this.reading.show(viewer, params, asked('plan/diff', { from, to }));
    return seenDiff(planDiff(before, after, between), viewer);
  }
}

/** From the read models. */
async function present(reading: Reading, params: AboutEngagement): Promise<Moment> {
  const { facts } = await currentFactsOf(reading, params);
  return { facts, day: reading.present().today };
}

function historyOf({ store, rules }: Reading, params: AboutEngagement): Promise<readonly Recorded[]> {
  return readHistory(store, params.caller.tenantId, params.engagementId, rules.timeZone);
}

/** @throws {Refused} 404 */
function past(history: readonly Recorded[], when: Parameters<typeof momentOf>[1], reading: Reading): Moment {
  const moment = momentOf(history, when, { now: reading.present().now, timeZone: reading.rules.timeZone });
  if (moment) return moment;
  throw new Refused('not-found', 'The engagement was not there yet: ask for a later day or instant.');
}

/** @throws {Refused} 404 */
function atRevision(history: readonly Recorded[], revision: number, reading: Reading): Moment {
  const { timeZone } = reading.rules;
  const moment = momentOfRevision(history, revision, { now: reading.present().now, timeZone });
  if (moment) return moment;
  throw new Refused('not-found', `The plan has no revision ${revision}: see the list of its revisions.`);
}
