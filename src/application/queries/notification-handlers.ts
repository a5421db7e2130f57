import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { readNames } from '../../../projections/participants/queries';
import { uuidV5 } from '../../platform/ids';
import { readToldOfEngagement } from '../../records/effects-told';
import { readPreferences } from '../../records/preferences';
import { admitToPreferences, toPreferencesShape } from '../preferences';
import type { PageOf } from './page';
import { GetPreferences, ListNotifications } from './queries';
import { Reading } from './reading';
import type { Notification, PreferencesShape } from './shapes';
import { toParty } from './to-overview';

/** Keeps the ids of notifications apart from other derived ids. */
const NOTIFICATIONS = '5e6d9a0e-2b7c-4b43-9d0f-0a3c0f7f2a11';

@QueryHandler(ListNotifications)
export class ListNotificationsHandler implements IQueryHandler<ListNotifications, PageOf<Notification>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListNotifications): Promise<PageOf<Notification>> {
    const { caller, engagementId, page } = params;
    const { tenantId } = caller;
    const viewer = await this.reading.admit('notifications', params);
    const before = typeof page.after === 'string' ? page.after : null;
    const found = await readToldOfEngagement(this.reading.db, tenantId, engagementId, {
      before,
      limit: page.limit + 1,
    });
    const told = found.slice(0, page.limit);
    const people = viewer.view === 'redacted' ? [] : [...new Set(told.map(({ toId }) => toId))];
    const names = await readNames(this.reading.db, tenantId, people);
    await this.reading.show(viewer, params, 'notifications');
    const items = told.map(({ key, toId, rule, channel, state, problem, at, about }) => ({
      notificationId: uuidV5(NOTIFICATIONS, `${tenantId} ${toId} ${key}`),
      rule,
      to: toParty(toId, names),
      channel,
      state,
      problem,
      at,
      about,
    }));
    return { items, next: found.length > page.limit ? (told.at(-1)?.place ?? null) : null };
  }
}

@QueryHandler(GetPreferences)
export class GetPreferencesHandler implements IQueryHandler<GetPreferences, PreferencesShape> {
  constructor(private readonly reading: Reading) {}

  async execute({ params: { caller, participantId } }: GetPreferences): Promise<PreferencesShape> {
    const { db, engagements, rules } = this.reading;
    await admitToPreferences(db, engagements, caller, participantId);
    const person = { tenantId: caller.tenantId, participantId };
    const preferences = (await readPreferences(db, [person]))(person);
    return toPreferencesShape(participantId, preferences, rules.timeZone);
  }
}
