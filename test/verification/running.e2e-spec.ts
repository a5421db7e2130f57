import { randomUUID } from 'node:crypto';
import { describeDifference } from '../../src/verification/difference';
import { readCheckpoints } from '../../src/verification/reached';
import { verifyAll } from '../../src/verification/verify';
import { adapt, anAgreedPlan, aBarrier, aCheckIn, done, today } from '../support/builders';
import { startTestCairn, type TestCairn } from '../support/cairn';

describe('the running program', () => {
  let cairn: TestCairn;

  beforeAll(async () => {
    cairn = await startTestCairn();
  });
  afterAll(() => cairn.stop());

  it('has rows that equal its log', async () => {
    const plans = [await anAgreedPlan(cairn), await anAgreedPlan(cairn, { tenant: 'other', sponsor: false })];
    for (const on of plans) {
      const { goal, milestone } = on;
      done(
        await adapt(on, [{ op: 'milestone-redated', milestoneId: milestone, from: '2026-05-31', to: '2026-06-15' }]),
      );
      done(await on.post(`/goals/${goal}/progress`, { value: 3, observedOn: today, rater: 'coach' }));
      await aBarrier(on);
      await aCheckIn(on);
    }
    done(await cairn.as('admin').post('/participants', { participantId: randomUUID(), kind: 'staff', name: 'Ada' }));
    await cairn.settled();
    const { pool, store } = cairn.running;
    const verified = await verifyAll({ pool, store, timeZone: 'UTC', readReached: readCheckpoints });
    expect(verified.differences.map((one) => describeDifference(one))).toEqual([]);
    expect(verified.streams).toBe(3);
  });

  it('compares them by itself, and shows the result among its metrics', async () => {
    const { body } = await cairn.root.get('/metrics');
    expect(body).toMatch(/^cairn_verified_streams_total \d+$/m);
    expect(body).toMatch(/^cairn_verification_differences 0$/m);
    expect(body).toMatch(/^cairn_verification_round_age_seconds \d+/m);
  });
});
