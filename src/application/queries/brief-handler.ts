import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { titlesOf } from '../../engagement/sentences';
import type { Instant } from '../../engagement/values';
import { momentOf, readHistory, type Recorded } from './history';
import { GetBrief } from './queries';
import { asked, engagementNotFound, Reading } from './reading';
import type { Brief } from './shapes';
import { toHealth } from './to-health';
import { isKnown, toHistoryItem } from './to-history';

@QueryHandler(GetBrief)
export class GetBriefHandler implements IQueryHandler<GetBrief, Brief> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: GetBrief): Promise<Brief> {
    const { store, rules } = this.reading;
    const { caller, engagementId } = params;
    const viewer = await this.reading.admit('brief', params);
    const history = await readHistory(store, caller.tenantId, engagementId, rules.timeZone);
    const { now } = this.reading.present();
    const moment = momentOf(history, { asOf: null, knownAt: null }, { now, timeZone: rules.timeZone });
    if (!moment) throw engagementNotFound();
    const { since, news } = newsIn(history, params.since, now);
    const titles = titlesOf(moment.facts.engagement);
    const items = news
      .filter(({ event, actorId }) => isKnown(viewer, event, actorId))
      .map(({ event }) => toHistoryItem(event, titles));
    await this.reading.show(viewer, params, asked('brief', { since: params.since }));
    return { since, items, openQuestions: toHealth(moment.facts, moment.day, rules).rules };
  }
}

/** What was recorded after the instant, or after the last check-in that was held; everything when none was. */
export function newsIn(
  history: readonly Recorded[],
  since: Instant | null,
  now: Instant,
): { readonly since: Instant; readonly news: readonly Recorded[] } {
  if (since !== null) {
    return { since, news: history.filter(({ recordedAt }) => Date.parse(recordedAt) > Date.parse(since)) };
  }
  const lastHeld = history.findLastIndex(({ event }) => event.type === 'CheckInHeld');
  const from = history[Math.max(0, lastHeld)];
  return { since: from?.recordedAt ?? now, news: history.slice(lastHeld + 1) };
}
