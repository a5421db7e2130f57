import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone } from '../../support/answers';
import { aCheckIn, anEngagement, now } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const bodies: Record<string, object> = {
  reschedule: { scheduledFor: '2026-04-10T10:00:00Z', reason: 'A holiday' },
  hold: { heldAt: '2026-04-01T08:30:00Z', summary: 'We talked', confidence: 1 },
  miss: { by: 'coach' },
};

const no = 'wrong-state';

describe('The states of a check-in', () => {
  it.each<[string, readonly (readonly [what: string, code?: string])[]]>([
    ['scheduled', [['reschedule'], ['reschedule'], ['hold']]],
    ['held', [['hold'], ['hold', no], ['miss', no], ['reschedule', no]]],
    ['missed', [['miss'], ['miss', no], ['hold', no], ['reschedule'], ['hold']]],
  ])('%s', async (_, steps) => {
    const on = await anEngagement(cairn);
    const id = await aCheckIn(on);
    for (const [what, code] of steps) {
      const answer = await on.post(`/check-ins/${id}/${what}`, { ...bodies[what] });
      if (code === undefined) expectDone(answer);
      else expectConflict(answer, code);
    }
  });
});

describe('A check-in', () => {
  it('takes an id that is free', async () => {
    const on = await anEngagement(cairn);
    const checkInId = randomUUID();
    const schedule = () => on.post('/check-ins', { checkInId, scheduledFor: '2026-04-08T09:00:00+02:00' });
    const answer = await schedule();
    expectDone(answer, 'checkInId');
    expect(answer.body.checkInId).toBe(checkInId);
    expectConflict(await schedule(), 'already-exists');
  });

  it('is not held in the future (rule 4)', async () => {
    const on = await anEngagement(cairn);
    const id = await aCheckIn(on);
    const hold = (heldAt: string) => on.post(`/check-ins/${id}/hold`, { heldAt, summary: 'We talked' });
    expectConflict(await hold('2026-04-01T09:00:01Z'), 'in-the-future', { rule: 4 });
    expectDone(await hold('2026-04-01T11:00:00+02:00'));
  });

  it('was missed by the client or the coach, with or without a reason', async () => {
    const on = await anEngagement(cairn);
    for (const more of [{ by: 'client', reason: 'Ill' }, { by: 'coach' }]) {
      const answer = await on.post(`/check-ins/${await aCheckIn(on)}/miss`, more);
      expectDone(answer);
      expect(await eventsOf(on, answer)).toMatchObject([{ data: { reason: null, ...more } }]);
    }
  });
});
