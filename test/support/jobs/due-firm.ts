import { addDays } from '../../../src/engagement/calendar';
import { engagementCatalogue } from '../../../src/engagement/catalogue';
import type { EngagementEvent } from '../../../src/engagement/events';
import type { IsoDate } from '../../../src/engagement/values';
import type { Append, NewEvent } from '../../../src/event-store/event-store';
import { engagementStream, participantStream } from '../../../src/application/streams';
import { applyEffectLedgerSchema } from '../../../src/records/effect-ledger';
import {
  applyPreferencesSchema,
  notificationKinds,
  noPreferences,
  writePreferences,
} from '../../../src/records/preferences';
import type { Random } from '../random';
import { openReadModels, type ReadModels } from '../read-models';

/** A firm of which is known, without asking what it is asked of, who is to be told of what on which day. */
export type DueFirm = {
  readonly models: ReadModels;
  readonly days: readonly IsoDate[];
  /** The letters of the day, as `address subject`, in alphabetical order. */
  readonly lettersOf: (day: IsoDate) => readonly string[];
  readonly close: () => Promise<void>;
};

export type DueFirmOptions = {
  readonly random: Random;
  readonly engagements: number;
  readonly coaches: number;
  /** For so many days from a Thursday on there is a check-in in each engagement on the day after. */
  readonly days: number;
};

const FIRM = 'firm';
const FIRST_DAY = '2026-04-02';
const RECORDED_AT = `${FIRST_DAY}T06:00:00.000Z`;

/**
 * Every engagement has a check-in each day, of which both are reminded on the day before, and none of which is ever
 * recorded, of which the coach is told on the day after, in one letter for all.
 */
export async function openDueFirm({ random, engagements, coaches, days }: DueFirmOptions): Promise<DueFirm> {
  const models = await openReadModels();
  const { pool } = models;
  await applyEffectLedgerSchema(pool);
  await applyPreferencesSchema(pool);
  const coachIds = Array.from({ length: coaches }, () => random.uuid());
  const cases = Array.from({ length: engagements }, (_each, index) => ({
    engagementId: random.uuid(),
    clientId: random.uuid(),
    coach: index % coaches,
  }));
  const theDays = Array.from({ length: days }, (_each, index) => addDays(FIRST_DAY, index));

  const person = (participantId: string, address: string): Append =>
    appendOf(random, participantStream(FIRM, participantId), participantId, [
      {
        type: 'ParticipantRegistered',
        data: { participantId, kind: address.startsWith('coach') ? 'coach' : 'client', name: address, email: address },
      },
    ]);
  await models.store.appendMany([
    ...coachIds.map((id, index) => person(id, coachAddress(index))),
    ...cases.map(({ clientId }, index) => person(clientId, clientAddress(index))),
    ...cases.map(({ engagementId, clientId, coach }) => {
      const coachId = coachIds[coach]!;
      const proposal = { engagementId, clientId, coachId, sponsorId: null, checkInEveryDays: null };
      const dates = { startsOn: FIRST_DAY, endsOn: addDays(FIRST_DAY, days + 300) };
      return appendOf(random, engagementStream(FIRM, engagementId), coachId, [
        { type: 'EngagementProposed', data: { ...proposal, ...dates } },
        { type: 'AgreementSigned', data: { party: 'client', discloses: [] } },
        { type: 'AgreementSigned', data: { party: 'coach', discloses: null } },
        { type: 'EngagementStarted', data: {} },
        ...theDays.map((day): EngagementEvent => {
          const scheduledFor = `${addDays(day, 1)}T12:00:00.000Z`;
          return { type: 'CheckInScheduled', data: { checkInId: random.uuid(), scheduledFor } };
        }),
      ]);
    }),
  ]);
  await models.project();
  const off = notificationKinds.filter((kind) => kind !== 'check-in-tomorrow' && kind !== 'check-in-unrecorded');
  for (const participantId of [...coachIds, ...cases.map(({ clientId }) => clientId)]) {
    await writePreferences(pool, { tenantId: FIRM, participantId }, { ...noPreferences, off });
  }

  return {
    models,
    days: theDays,
    lettersOf: (day) => {
      const reminders = cases.flatMap(({ coach }, index) =>
        [clientAddress(index), coachAddress(coach)].map((address) => `${address} ${reminderSubject(day)}`),
      );
      const news = engagements / coaches === 1 ? 'one thing is due' : `${engagements / coaches} things are due`;
      const digests =
        day > addDays(FIRST_DAY, 1) ? coachIds.map((_id, at) => `${coachAddress(at)} Coaching: ${news}`) : [];
      return [...reminders, ...digests].toSorted();
    },
    close: models.close,
  };
}

const coachAddress = (index: number): string => `coach-${index}@example.org`;
const clientAddress = (index: number): string => `client-${index}@example.org`;

const inWords = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const reminderSubject = (day: IsoDate): string => `Check-in on ${inWords.format(new Date(addDays(day, 1)))}`;

function appendOf(
  random: Random,
  stream: string,
  actorId: string,
  events: readonly { readonly type: string; readonly data: object }[],
): Append {
  const recorded = events.map(({ type, data }): NewEvent => {
    const commandId = random.uuid();
    return {
      eventId: random.uuid(),
      type,
      schemaVersion:
        type in engagementCatalogue ? engagementCatalogue[type as EngagementEvent['type']].schemaVersion : 1,
      data,
      metadata: {
        tenantId: FIRM,
        actor: { id: actorId, role: 'coach' },
        occurredAt: RECORDED_AT,
        recordedAt: RECORDED_AT,
        correlationId: commandId,
        causationId: null,
        commandId,
      },
    };
  });
  return { stream, expectedRevision: 'no-stream', events: recorded };
}
