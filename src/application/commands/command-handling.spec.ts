import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import type { EngagementCommand } from '../../engagement/commands';
import type { Engagement } from '../../engagement/engagement';
import type { EventStore } from '../../event-store/event-store';
import { createPostgresEventStore, migrateEventLog } from '../../event-store/postgres/postgres-event-store';
import { createPostgresSnapshots, snapshotSchema } from '../../event-store/postgres/snapshots';
import { movableClock } from '../../platform/clock';
import { applySchema, createPool } from '../../platform/database';
import { createLogger } from '../../platform/logging';
import { Refused } from '../refused';
import { createCommandHandling, type HandleCommand } from './command-handling';
import { engagementCommandOf, engagementDecider, engagementFold } from './engagement-commands';
import type { CommandResult, Envelope } from './messages';
import { createStreamStates } from './stream-states';

const settings = { timeZone: 'UTC', activeGoalCap: 3, noContactWeeks: 3 };
const logger = createLogger('silent');
const [clientId, coachId] = [randomUUID(), randomUUID()];

describe('command handling', () => {
  let database: TestDatabase;
  let pool: Pool;
  let store: EventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, () => undefined);
    await migrateEventLog(pool);
    await applySchema(pool, snapshotSchema);
    store = createPostgresEventStore({ pool, connectionString: database.url });
  });
  afterAll(async () => {
    await store.close();
    await pool.end();
    await database.drop();
  });

  /** A process of its own: its states are its own, the log is everyone's. */
  function aProcess(clock = movableClock(new Date('2026-04-01T09:00:00Z')), foldVersion?: string) {
    const fold = engagementFold('UTC');
    const states = createStreamStates(
      store,
      createPostgresSnapshots(pool),
      foldVersion === undefined ? fold : { ...fold, version: foldVersion },
      logger,
    );
    return createCommandHandling<Engagement, EngagementCommand>(
      { store, clock, timeZone: 'UTC' },
      states,
      engagementDecider(settings),
    );
  }

  function send(
    handle: HandleCommand<EngagementCommand>,
    engagementId: string,
    kind: EngagementCommand['type'],
    data: object,
    more: Partial<Envelope<object>> = {},
  ): Promise<CommandResult> {
    const envelope: Envelope<object> = {
      caller: { tenantId: 'acme', id: coachId, roles: ['coach'] },
      subjectId: engagementId,
      data,
      occurredAt: null,
      onBehalfOf: null,
      ifMatch: null,
      commandId: randomUUID(),
      mayBeRepeated: false,
      correlationId: randomUUID(),
      causationId: null,
      ...more,
    };
    return handle(envelope, engagementCommandOf(kind, envelope));
  }

  async function proposed(handle: HandleCommand<EngagementCommand>): Promise<string> {
    const engagementId = randomUUID();
    const dates = { startsOn: '2026-01-01', endsOn: '2026-12-31', checkInEveryDays: null };
    await send(handle, engagementId, 'ProposeEngagement', {
      engagementId,
      clientId,
      coachId,
      sponsorId: null,
      ...dates,
    });
    return engagementId;
  }

  const note = (text: string) => ({ noteId: null, visibility: 'shared', text, about: null });

  async function typesIn(engagementId: string): Promise<string[]> {
    const types: string[] = [];
    for await (const event of store.readStream(`engagement-acme_${engagementId}`)) types.push(event.type);
    return types;
  }

  it('answers with the revision, the ids and what was made', async () => {
    const handle = aProcess();
    const engagementId = await proposed(handle);
    const result = await send(handle, engagementId, 'RecordNote', note('first'));
    expect(result).toMatchObject({ subjectId: engagementId, revision: 1, made: { noteId: expect.any(String) } });
    expect(result.eventIds).toHaveLength(1);
  });

  it('gives a repeated command its first answer, also in another process and after the stream went on', async () => {
    const handle = aProcess();
    const engagementId = await proposed(handle);
    const identity = { commandId: randomUUID(), mayBeRepeated: true };
    const first = await send(handle, engagementId, 'RecordNote', note('once'), identity);
    await send(handle, engagementId, 'RecordNote', note('meanwhile'));
    expect(await send(aProcess(), engagementId, 'RecordNote', note('once'), identity)).toEqual(first);
    expect(await typesIn(engagementId)).toEqual(['EngagementProposed', 'NoteRecorded', 'NoteRecorded']);
  });

  it('decides anew when another process was faster', async () => {
    const [one, other] = [aProcess(), aProcess()];
    const engagementId = await proposed(one);
    const all = Array.from({ length: 20 }, (_, index) =>
      send(index % 2 === 0 ? one : other, engagementId, 'RecordNote', note(`number ${index}`)),
    );
    const revisions = (await Promise.all(all)).map(({ revision }) => revision);
    expect(revisions.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('gives no refusal on a state that is old', async () => {
    const [one, other] = [aProcess(), aProcess()];
    const engagementId = await proposed(one);
    await send(other, engagementId, 'RecordNote', note('so that both know the stream'));
    await send(one, engagementId, 'SignAgreement', { party: 'coach', discloses: null });
    const client = { caller: { tenantId: 'acme', id: clientId, roles: ['client' as const] } };
    await send(one, engagementId, 'SignAgreement', { party: 'client', discloses: null }, client);
    expect(await send(other, engagementId, 'StartEngagement', {})).toMatchObject({ revision: 4 });
  });

  it('carries out a conditional command at its revision alone', async () => {
    const handle = aProcess();
    const engagementId = await proposed(handle);
    await send(handle, engagementId, 'RecordNote', note('at 0'), { ifMatch: 0n });
    const stale = send(handle, engagementId, 'RecordNote', note('at 0 again'), { ifMatch: 0n });
    await expect(stale).rejects.toMatchObject({ code: 'revision-stale' });
    expect(await typesIn(engagementId)).toHaveLength(2);
  });

  it('leaves no event behind a refusal', async () => {
    const handle = aProcess();
    const engagementId = await proposed(handle);
    await expect(send(handle, engagementId, 'StartEngagement', {})).rejects.toBeInstanceOf(Refused);
    expect(await typesIn(engagementId)).toEqual(['EngagementProposed']);
  });

  it('never records an event before the one in front of it, whatever the clocks say', async () => {
    const engagementId = await proposed(aProcess());
    await send(aProcess(movableClock(new Date('2026-03-01T00:00:00Z'))), engagementId, 'RecordNote', note('late'));
    const times: string[] = [];
    for await (const event of store.readStream(`engagement-acme_${engagementId}`)) {
      times.push(event.metadata.recordedAt);
    }
    expect(times).toEqual(['2026-04-01T09:00:00.000Z', '2026-04-01T09:00:00.000Z']);
  });

  it('folds the stream itself when the snapshot is of another fold', async () => {
    const handle = aProcess();
    const engagementId = await proposed(handle);
    for (let index = 0; index < 120; index += 1) await send(handle, engagementId, 'RecordNote', note(`${index}`));
    const { rows } = await pool.query('SELECT revision FROM event_log.snapshots WHERE stream = $1', [
      `engagement-acme_${engagementId}`,
    ]);
    expect(rows).toEqual([{ revision: expect.any(String) }]);
    await pool.query(`UPDATE event_log.snapshots SET state = '{"state": null, "lastRecordedAt": ""}'`);
    expect(await send(aProcess(undefined, 'another'), engagementId, 'RecordNote', note('last'))).toMatchObject({
      revision: 121,
    });
  });
});
