import { createCodec, withUpcasting } from '../../src/event-store/codec';
import type { NewEvent } from '../../src/event-store/event-store';
import { engagementCatalogue } from '../../src/engagement/catalogue';
import { describeDifference, type Difference } from '../../src/verification/difference';
import { verifiedModels } from '../../src/verification/models';
import { readCheckpoints } from '../../src/verification/reached';
import type { Verification } from '../../src/verification/verification';
import { verifyAll, verifyEngagement } from '../../src/verification/verify';
import { verifyStreams } from '../../src/verification/verify-streams';
import { id } from '../support/engagement/scenario';
import { givenGoal } from '../support/given';
import { historyOf } from '../support/histories';
import { personHistory } from '../support/people';
import { openReadModels, type ReadModels } from '../support/read-models';

const STRANGER = '99999999-9999-4999-8999-999999999999';

describe('verifying', () => {
  let models: ReadModels;
  let verification: Verification;
  const histories = Array.from({ length: 6 }, (_, seed) => historyOf({ seed: seed + 1, length: 40 + seed * 20 }));
  const people = [1, 2, 3].map((seed) => personHistory(seed, 'firm'));
  const { stream, engagementId, events } = histories[3]!;

  beforeEach(async () => {
    models = await openReadModels();
    verification = { pool: models.pool, store: models.store, timeZone: 'UTC', readReached: readCheckpoints };
    await models.play([...histories, ...people]);
    await models.project();
  });
  afterEach(() => models.close());

  const query = (text: string, ...values: unknown[]) => models.pool.query(text, values);

  async function onlyDifference(): Promise<Difference> {
    const told: Difference[] = [];
    const verified = await verifyAll(verification, { onDifference: (one) => told.push(one) });
    expect(told).toEqual(verified.differences);
    expect(verified.differing).toBe(1);
    expect(verified.differences).toHaveLength(1);
    return verified.differences[0]!;
  }

  it('finds a missing row in any table, and says what it would be', async () => {
    for (const { name, tables } of verifiedModels.filter(({ scope }) => scope === 'engagementId')) {
      for (const table of tables) {
        const { rows } = await query(
          `WITH gone AS (DELETE FROM ${table.name} WHERE event_id = (SELECT event_id FROM ${table.name} LIMIT 1) RETURNING *)
           SELECT * FROM gone ORDER BY ordinal`,
        );
        const difference = await onlyDifference();
        expect(difference).toMatchObject({
          kind: 'missing row',
          projection: name,
          table: table.name,
          column: null,
          expected: { tenant_id: 'firm', engagement_id: rows[0].engagement_id },
          actual: null,
          event: { eventId: rows[0].event_id },
        });
        await query(`TRUNCATE ${verifiedModels.flatMap((one) => one.tables.map((its) => its.name)).join(', ')}`);
        await query('DELETE FROM projections.checkpoints');
        await models.project();
      }
    }
  });

  it('finds all rows gone', async () => {
    await query('TRUNCATE read_model.participants');
    const verified = await verifyAll(verification);
    expect(verified.differing).toBe(people.length);
    expect(verified.differences[0]).toMatchObject({ kind: 'missing row', table: 'read_model.participants' });
  });

  it('finds a row too many, with the event that it says it comes from', async () => {
    const { rows } = await query(
      `INSERT INTO read_model.barriers
       SELECT tenant_id, engagement_id, $1, category, description, severity, affects, state, open_from, open_to,
              strategies, ordinal, event_id, commit_position, prepare_position
       FROM read_model.barriers LIMIT 1 RETURNING *`,
      STRANGER,
    );
    const difference = await onlyDifference();
    expect(difference).toMatchObject({
      kind: 'extra row',
      projection: 'barriers',
      key: { tenant_id: 'firm', engagement_id: rows[0].engagement_id, barrier_id: STRANGER },
      expected: null,
      actual: { barrier_id: STRANGER, severity: rows[0].severity },
      event: { eventId: rows[0].event_id },
    });
    await query('UPDATE read_model.barriers SET event_id = $1 WHERE barrier_id = $1', STRANGER);
    expect((await onlyDifference()).event).toBeNull();
  });

  it('finds rows of a stream that is not in the log, in any table', async () => {
    for (const { tables, scope } of verifiedModels) {
      for (const { name } of tables) {
        const id = scope === 'engagementId' ? 'engagement_id' : 'participant_id';
        const { rows } = await query(`SELECT * FROM ${name} LIMIT 1`);
        const row = { ...rows[0], [id]: STRANGER };
        const insert = Object.keys(row).filter((column) => column !== 'state' || name !== 'read_model.engagements');
        const list = insert.map((column) => `"${column}"`).join(', ');
        await query(`INSERT INTO ${name} (${list}) SELECT ${list} FROM jsonb_populate_record(NULL::${name}, $1)`, row);
        expect(await onlyDifference()).toMatchObject({
          kind: 'extra row',
          stream: `${scope === 'engagementId' ? 'engagement' : 'participant'}-firm_${STRANGER}`,
          table: name,
          event: null,
        });
        await query(`DELETE FROM ${name} WHERE ${id} = $1`, STRANGER);
      }
    }
  });

  it('reads the rows of another version where they are, and finds a row that is there twice', async () => {
    await query('CREATE SCHEMA rebuilt');
    const readsFrom = (name: string): string => name.replace('read_model', 'rebuilt');
    for (const { name } of verifiedModels.flatMap(({ tables }) => tables)) {
      await query(`CREATE TABLE ${readsFrom(name)} AS TABLE ${name}`);
    }
    await query('TRUNCATE read_model.goals, read_model.audit');
    const rebuilt = { ...verification, readsFrom };
    expect(await verifyAll(rebuilt)).toMatchObject({ differing: 0, streams: histories.length + people.length });
    await query('INSERT INTO rebuilt.notes TABLE rebuilt.notes LIMIT 1');
    expect((await verifyAll(rebuilt)).differences).toMatchObject([{ kind: 'extra row', table: 'rebuilt.notes' }]);
    const others = verifiedModels.map(({ name }) => name).filter((name) => name !== 'notes');
    expect(await verifyAll({ ...rebuilt, projections: others })).toMatchObject({ differing: 0 });
  });

  it('finds rows of one event in another order', async () => {
    const [proposal] = histories[0]!.events;
    const added = [0x41, 0x42].map((n) => givenGoal({ goalId: id(n) }));
    const adaptation: NewEvent = {
      ...proposal!,
      eventId: id(0x43),
      type: 'PlanAdapted',
      data: {
        revision: 2,
        baseRevision: 1,
        reasonCode: 'opportunity',
        reasonText: 'A new start',
        triggeredBy: [],
        changes: added.map((goal) => ({ op: 'goal-added', goalId: null, goal })),
        agreedBy: ['client', 'coach'],
        sponsorInformed: false,
        effectiveOn: '2026-03-01',
      },
    };
    await models.play([
      { stream: `engagement-firm_${id(0x40)}`, events: [{ ...proposal!, eventId: id(0x44) }, adaptation] },
    ]);
    await models.project();
    const { rows } = await query(
      'SELECT goal_id, ordinal FROM read_model.goals WHERE engagement_id = $1 ORDER BY ordinal',
      id(0x40),
    );
    const ids: string[] = rows.map(({ goal_id }) => goal_id);
    const ordinals: string[] = rows.map(({ ordinal }) => ordinal);
    expect(ids).toEqual(added.map(({ goalId }) => goalId));
    await query(
      `UPDATE read_model.goals g SET ordinal = n.ordinal
       FROM unnest($1::uuid[], $2::bigint[]) AS n (goal_id, ordinal) WHERE g.goal_id = n.goal_id`,
      ids,
      ordinals.toReversed(),
    );
    expect(await onlyDifference()).toMatchObject({ kind: 'value', column: 'ordinal', key: { goal_id: ids[1] } });
  });

  it('does not take the stamp of another event of the stream', async () => {
    await query(
      `UPDATE read_model.goals g
       SET event_id = a.event_id, commit_position = a.commit_position, prepare_position = a.prepare_position
       FROM read_model.audit a
       WHERE a.engagement_id = g.engagement_id AND a.revision = $2 AND g.engagement_id = $1`,
      engagementId,
      events.length - 1,
    );
    expect((await onlyDifference()).column).toBe('event_id');
  });

  it('does not miss events that the projection has not had yet, each projection by its own checkpoint', async () => {
    const [before] = (await query('SELECT * FROM projections.checkpoints LIMIT 1')).rows;
    const later = Array.from({ length: 3 }, (_, seed) => historyOf({ seed: seed + 100, length: 50 }));
    await models.play(later);
    expect(await verifyAll(verification)).toMatchObject({ streams: 12, differing: 0 });
    // As if nothing of what is there had been projected yet: every row is one too many.
    await query(
      `UPDATE projections.checkpoints SET commit_position = NULL, prepare_position = NULL WHERE name = 'audit'`,
    );
    expect((await verifyAll(verification)).differences[0]).toMatchObject({ kind: 'extra row', projection: 'audit' });
    await query(
      `UPDATE projections.checkpoints SET commit_position = $1, prepare_position = $2 WHERE name = 'audit'`,
      before.commit_position,
      before.prepare_position,
    );
    await models.project();
    expect(await verifyAll(verification)).toMatchObject({ differing: 0 });
    await query(
      `UPDATE projections.checkpoints SET commit_position = $1, prepare_position = $2 WHERE name = 'notes'`,
      before.commit_position,
      before.prepare_position,
    );
    expect((await verifyAll(verification)).differences).toMatchObject([
      { kind: 'extra row', projection: 'notes' },
      { kind: 'extra row', projection: 'notes' },
      { kind: 'extra row', projection: 'notes' },
    ]);
  });

  it('says of an event that this release cannot read that the rows which hold it can not be verified', async () => {
    const catalogue = Object.fromEntries(
      Object.entries(engagementCatalogue).filter(([type]) => type !== 'NoteRecorded'),
    );
    const at = events.findIndex(({ type }) => type === 'NoteRecorded');
    const older = { ...verification, store: withUpcasting(models.store, createCodec(catalogue, [])) };
    const [difference] = (await verifyStreams(older, [stream])).differences;
    expect(difference).toMatchObject({ kind: 'unreadable event', event: { type: 'NoteRecorded', revision: at } });
    expect(describeDifference(difference!)).toMatch(/can't be read/);
    const stored = (await models.store.findInStream(stream, [events[at]!.eventId]))[0]!;
    const { commit, prepare } = stored.position;
    const parkedBefore = { ...older, readReached: () => Promise.resolve(() => ({ commit, prepare: prepare - 1n })) };
    const [first] = (await verifyStreams(parkedBefore, [stream])).differences;
    expect(first?.kind).not.toBe('unreadable event');
  });

  it('finds an engagement by its id, in whichever tenant it is', async () => {
    expect(await verifyEngagement(verification, engagementId)).toMatchObject({ streams: 1, differing: 0 });
    expect(await verifyEngagement(verification, engagementId.toUpperCase(), 'firm')).toMatchObject({ streams: 1 });
    await query('DELETE FROM read_model.engagements WHERE engagement_id = $1', engagementId);
    expect((await verifyEngagement(verification, engagementId)).differences).toMatchObject([
      { kind: 'missing row', projection: 'overview', event: { type: expect.any(String) } },
    ]);
    expect(await verifyEngagement(verification, STRANGER)).toMatchObject({ streams: 0 });
  });
});
