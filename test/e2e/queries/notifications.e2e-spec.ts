import { randomUUID } from 'node:crypto';
import { expectInvalid, expectProblem } from '../../support/answers';
import { anEngagement, done, now, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { type Desk, openDesk } from '../../support/jobs/desk';
import { read, readItems, reason } from '../../support/reading';
import { notification } from '../../support/shapes';
import { anyObject } from '../../support/shapes/checker';

let cairn: TestCairn;
let desk: Desk;
let on: Case;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  desk = openDesk(cairn);
  on = await anEngagement(cairn, { proposal: { endsOn: '2026-04-10' } });
  const person = { participantId: on.client.id, kind: 'client', name: 'Kim', email: 'kim@example.org' };
  done(await cairn.as('admin').post('/participants', person));
  await cairn.settled();
  await desk.run();
});
afterAll(async () => {
  await desk.close();
  await cairn.stop();
});

const path = () => `/engagements/${on.id}/notifications`;

describe('The notifications of an engagement', () => {
  const told = (to: object, more: object) => ({
    notificationId: expect.any(String),
    rule: 'ending-soon',
    to,
    channel: 'email',
    at: now,
    about: null,
    ...more,
  });

  it('say who was told of what, when, by which rule, and what became of it', async () => {
    for (const by of [on.client, on.coach]) {
      const items = await readItems(by, path(), notification);
      expect(items.filter(({ rule }) => rule === 'ending-soon')).toEqual(
        expect.arrayContaining([
          told({ participantId: on.client.id, name: 'Kim' }, { state: 'sent', problem: null }),
          told({ participantId: on.coach.id, name: null }, { state: 'failed', problem: 'no-address' }),
        ]),
      );
      expect(JSON.stringify(items)).not.toContain(on.sponsor.id);
    }
  });

  it('are shown to an auditor without names, and that is recorded', async () => {
    const items = await readItems(cairn.as('auditor'), path(), notification);
    expect(items.map(({ to }) => to.name)).toEqual(items.map(() => null));
    const disclosures = await on.client.get(`/engagements/${on.id}/disclosures`);
    expect(disclosures.body.items[0]).toMatchObject({ what: 'notifications', to: { role: 'auditor' } });
  });

  it('are of nobody else’s business', async () => {
    for (const by of [on.sponsor, cairn.as('admin'), cairn.as('supervisor')]) {
      expectProblem(await by.get(path(), reason), 403, 'forbidden');
    }
    for (const role of ['client', 'coach', 'sponsor']) {
      expectProblem(await cairn.as(role).get(path()), 404, 'not-found');
    }
    expectProblem(await cairn.as('auditor', randomUUID(), 'other').get(path()), 404, 'not-found');
  });

  it('come in parts, the newest first', async () => {
    const all = await readItems(on.client, path(), notification);
    const first = await on.client.get(`${path()}?limit=1`);
    const second = await on.client.get(`${path()}?limit=200&cursor=${encodeURIComponent(first.body.next)}`);
    expect([...first.body.items, ...second.body.items]).toEqual(all);
    expectInvalid(await on.client.get(`${path()}?cursor=x`), 'cursor');
  });
});

describe('Preferences', () => {
  const at = (person: string = on.client.id) => `/participants/${person}/preferences`;
  const defaults = () => ({
    participantId: on.client.id,
    timeZone: 'UTC',
    digestHour: 8,
    quietHours: null,
    kinds: {
      'check-in-tomorrow': true,
      'check-in-unrecorded': true,
      'milestone-overdue': true,
      'action-overdue': true,
      'no-contact': true,
      'plan-not-agreed': true,
      'ending-soon': true,
      'weekly-brief': true,
    },
    language: 'en',
  });
  const chosen = {
    timeZone: 'Europe/Berlin',
    digestHour: 18,
    quietHours: { from: '22:00', to: '07:00' },
    kinds: { 'ending-soon': false },
  };
  const inFull = () => ({ ...defaults(), ...chosen, kinds: { ...defaults().kinds, 'ending-soon': false } });

  it('are the defaults until the person says otherwise; what is left out becomes the default again', async () => {
    const own = async () => (await on.client.get(at())).body;
    expect(await own()).toEqual(defaults());
    expect(done(await on.client.put(at(), chosen)).body).toEqual(inFull());
    expect(done(await on.client.put(at(), chosen)).body).toEqual(inFull());
    expect(await own()).toEqual(inFull());
    expect(done(await on.client.put(at(), { digestHour: 0 })).body).toEqual({ ...defaults(), digestHour: 0 });
    expect(await own()).toEqual({ ...defaults(), digestHour: 0 });
    expect(done(await on.client.put(at())).body).toEqual(defaults());
    await read(on.client, at(), anyObject);
  });

  it('are also an admin’s to set, for whoever is registered', async () => {
    expect(done(await cairn.as('admin').put(at(), chosen)).body).toEqual(inFull());
    expect((await cairn.as('admin').get(at())).body).toEqual(inFull());
    done(await cairn.as('admin').put(at(), {}));
    for (const answer of [
      await cairn.as('admin').get(at(randomUUID())),
      await cairn.as('admin').put(at(randomUUID()), {}),
    ]) {
      expectProblem(answer, 404, 'not-found');
    }
  });

  it('are also of someone who is not registered', async () => {
    expect((await on.coach.get(at(on.coach.id))).body).toMatchObject({ participantId: on.coach.id, digestHour: 8 });
  });

  it('are no stranger’s business, and not of those who know the person', async () => {
    const stranger = cairn.as('coach');
    for (const answer of [await stranger.get(at()), await stranger.put(at(), {})]) {
      expectProblem(answer, 404, 'not-found');
    }
    for (const answer of [await on.coach.get(at()), await on.coach.put(at(), {})]) {
      expectProblem(answer, 403, 'forbidden');
    }
    expectProblem(await cairn.as('admin', randomUUID(), 'other').get(at()), 404, 'not-found');
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ timeZone: '+02:00' }, 'timeZone'],
    [{ digestHour: 24 }, 'digestHour'],
    [{ digestHour: 7.5 }, 'digestHour'],
    [{ quietHours: { from: '22:00' } }, 'quietHours.to'],
    [{ quietHours: { from: '22:00', to: '24:00' } }, 'quietHours.to'],
    [{ quietHours: { from: '22:00', to: '22:00' } }, 'quietHours.from'],
    [{ quietHours: 'never' }, 'quietHours'],
    [{ kinds: { gossip: true } }, 'kinds'],
    [{ kinds: { 'no-contact': 'no' } }, 'kinds.no-contact'],
    [{ language: 'de' }, 'language'],
    [{ onBehalfOf: randomUUID() }, 'onBehalfOf'],
  ])('refuses %j', async (body, where) => {
    expectInvalid(await on.client.put(at(), body), where);
  });

  it('give a repetition with the same key the first answer', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await on.client.put(at(), { digestHour: 9 }, headers);
    done(await on.client.put(at(), { digestHour: 10 }));
    expect((await on.client.put(at(), { digestHour: 9 }, headers)).body).toEqual(first.body);
    expectProblem(await on.client.put(at(), { digestHour: 11 }, headers), 422, 'idempotency-mismatch');
    expect((await on.client.get(at())).body).toMatchObject({ digestHour: 10 });
  });

  it('decide what is told', async () => {
    cairn.clock.advance(24 * 3_600_000);
    const other = await anEngagement(cairn, { client: on.client, sponsor: false, proposal: { endsOn: '2026-04-12' } });
    done(await on.client.put(at(), { kinds: { 'ending-soon': false } }));
    await cairn.settled();
    await desk.run();
    const items = await readItems(other.coach, `/engagements/${other.id}/notifications`, notification);
    expect(items.map(({ to }) => to.participantId)).not.toContain(on.client.id);
    expect(items.map(({ to }) => to.participantId)).toContain(other.coach.id);
  });
});
