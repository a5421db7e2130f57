import { randomUUID } from 'node:crypto';
import {
  aCheckIn,
  agreePlan,
  anAction,
  anEngagement,
  aGoal,
  aMilestone,
  done,
  now,
  type Case,
} from '../support/builders';
import { startTestCairn, type TestCairn } from '../support/cairn';
import { type Desk, openDesk } from '../support/jobs/desk';

let cairn: TestCairn;
let desk: Desk;
beforeEach(async () => {
  cairn = await startTestCairn({ now });
  desk = openDesk(cairn, { publicUrl: 'https://coaching.example.org' });
});
afterEach(async () => {
  await desk.close();
  await cairn.stop();
});

const at = (instant: string): void => {
  cairn.clock.set(new Date(instant));
};
const run = async (instant: string) => {
  at(instant);
  await cairn.settled();
  return desk.run();
};

async function people(on: Case): Promise<void> {
  const register = (participantId: string, kind: string, name: string) =>
    on.coach.post('/participants', { participantId, kind, name, email: `${kind}-${participantId}@example.org` });
  done(await register(on.client.id, 'client', 'Kim <Client>'));
  done(await register(on.coach.id, 'coach', 'Alex Coach'));
}

const receivers = (mails: readonly { readonly to: { readonly address: string } }[]) =>
  mails.map(({ to }) => to.address.split('-')[0]).toSorted();

/** An engagement with everything one expects of it, so that nothing is due but what the test makes. */
async function calm(): Promise<Case> {
  const on = await anEngagement(cairn, { sponsor: false });
  await people(on);
  await aGoal(on);
  await agreePlan(on);
  return on;
}

describe('a check-in tomorrow', () => {
  it('is reminded of once, to both, apart from the digest', async () => {
    const on = await calm();
    await aCheckIn(on, '2026-04-11T09:00:00Z');
    expect(await run('2026-04-09T09:00:00Z')).toEqual([]);
    const mails = await run('2026-04-10T09:00:00Z');
    expect(receivers(mails)).toEqual(['client', 'coach']);
    const toClient = mails.find(({ to }) => to.address.startsWith('client'))!;
    expect(toClient.subject).toBe('Check-in on Sat, 11 April 2026');
    expect(toClient.text).toContain('Hello Kim <Client>,');
    expect(toClient.text).toContain('Your check-in with Alex Coach');
    expect(toClient.text).toContain('Sat, 11 April 2026 at 09:00 (UTC)');
    expect(toClient.text).toContain(`https://coaching.example.org/engagements/${on.id}`);
    expect(toClient.html).toContain('Hello Kim &lt;Client&gt;,');
    expect(toClient.html).not.toContain('<Client>');
    expect(await run('2026-04-10T10:00:00Z')).toEqual([]);
  });

  it('that was cancelled, moved or held meanwhile is not reminded of', async () => {
    const on = await calm();
    const checkIn = await aCheckIn(on, '2026-04-11T09:00:00Z');
    at('2026-04-10T09:00:00Z');
    await cairn.settled();
    const jobs = await desk.sweep();
    expect(jobs).toHaveLength(2);
    done(await on.post(`/check-ins/${checkIn}/reschedule`, { scheduledFor: '2026-04-18T09:00:00Z', reason: 'ill' }));
    await desk.work(jobs);
    expect(desk.mails).toEqual([]);
    expect(receivers(await run('2026-04-17T09:00:00Z'))).toEqual(['client', 'coach']);
  });

  it('comes at the hour and in the words of the recipient’s time zone', async () => {
    const on = await calm();
    await aCheckIn(on, '2026-04-11T09:00:00Z');
    const person = { tenantId: 'acme', participantId: on.client.id };
    await desk.prefer(person, { timeZone: 'Pacific/Auckland', off: ['weekly-brief'] });
    expect(receivers(await run('2026-04-09T20:00:00Z'))).toEqual(['client']);
    expect(desk.mails[0]!.text).toContain('Sat, 11 April 2026 at 21:00 (Pacific/Auckland)');
  });
});

describe('the digest', () => {
  async function overdue(): Promise<Case & { milestone: string; action: string }> {
    const on = await anEngagement(cairn, { sponsor: false });
    await people(on);
    const goal = await aGoal(on);
    const milestone = await aMilestone(on, goal, { dueOn: '2026-04-09', title: 'Portfolio & <site>' });
    const action = await anAction(on, milestone, { dueOn: '2026-04-08', owner: 'coach', title: 'Write to Ada' });
    await agreePlan(on);
    await aCheckIn(on, '2026-07-01T09:00:00Z');
    return { ...on, milestone, action };
  }

  it('tells of what is overdue once; later it only comes along', async () => {
    const on = await overdue();
    const first = await run('2026-04-09T08:30:00Z');
    expect(receivers(first)).toEqual(['coach']);
    expect(first[0]!.subject).toBe('Coaching: one thing is due');
    expect(first[0]!.text).toContain('The action “Write to Ada” was due on Wed, 8 April 2026.');
    const second = await run('2026-04-10T08:30:00Z');
    expect(receivers(second)).toEqual(['client', 'coach']);
    const toCoach = second.find(({ to }) => to.address.startsWith('coach'))!;
    expect(toCoach.subject).toBe('Coaching: one thing is due');
    expect(toCoach.text).toMatch(/Kim <Client>\n-+\n\* The milestone “Portfolio & <site>” was due/);
    expect(toCoach.text).toContain('Still open: The action “Write to Ada”');
    expect(toCoach.html).toContain('“Portfolio &amp; &lt;site&gt;”');
    const toClient = second.find(({ to }) => to.address.startsWith('client'))!;
    expect(toClient.text).not.toContain('Ada');
    expect(await run('2026-04-11T08:30:00Z')).toEqual([]);
    expect(on.action).toBeDefined();
  });

  it('does not tell of what was done meanwhile', async () => {
    const on = await overdue();
    at('2026-04-09T08:30:00Z');
    await cairn.settled();
    const jobs = await desk.sweep();
    expect(jobs).toHaveLength(1);
    done(await on.post(`/actions/${on.action}/complete`, { completedOn: '2026-04-08' }));
    await desk.work(jobs);
    expect(desk.mails).toEqual([]);
  });

  it('is one a day and person, and waits for their hour', async () => {
    const on = await overdue();
    expect(await run('2026-04-09T07:30:00Z')).toEqual([]);
    expect(await run('2026-04-09T08:00:00Z')).toHaveLength(1);
    done(await on.post('/plan/adaptations', adaptation(on.milestone)));
    expect(receivers(await run('2026-04-09T08:30:00Z'))).toEqual(['client']);
    expect(receivers(await run('2026-04-10T08:00:00Z'))).toEqual(['coach']);
  });

  const adaptation = (milestoneId: string) => ({
    baseRevision: 1,
    reasonCode: 'learning',
    reasonText: 'x',
    changes: [{ op: 'milestone-redated', milestoneId, from: '2026-04-09', to: '2026-04-08' }],
    agreedBy: ['client', 'coach'],
    effectiveOn: '2026-04-09',
  });

  it('respects what a person does not want, and their quiet hours', async () => {
    const on = await overdue();
    const coach = { tenantId: 'acme', participantId: on.coach.id };
    await desk.prefer(coach, { off: ['action-overdue', 'weekly-brief'] });
    expect(await run('2026-04-09T08:30:00Z')).toEqual([]);
    await desk.prefer(coach, { quietHours: { from: '20:00', to: '10:00' }, off: ['weekly-brief'] });
    expect(await run('2026-04-09T09:59:00Z')).toEqual([]);
    expect(receivers(await run('2026-04-09T10:00:00Z'))).toEqual(['coach']);
  });

  it('is sent to nobody once the engagement ended, whatever the rows say', async () => {
    const on = await overdue();
    at('2026-04-09T08:30:00Z');
    await cairn.settled();
    const jobs = await desk.sweep();
    done(await on.post('/end-early', { reason: 'Moved away' }));
    await desk.work(jobs);
    await cairn.settled();
    expect(await desk.sweep()).toEqual([]);
    expect(desk.mails).toEqual([]);
  });

  it('tells the coach of silence and of an unrecorded check-in, both of a plan that is not agreed and of the end', async () => {
    const on = await anEngagement(cairn, { sponsor: false, proposal: { endsOn: '2026-04-30' } });
    await people(on);
    await aCheckIn(on, '2026-04-02T09:00:00Z');
    const first = await run('2026-04-08T08:30:00Z');
    const textOf = (kind: string) => first.find(({ to }) => to.address.startsWith(kind))!.text;
    expect(textOf('client')).toContain('Coaching started on Wed, 1 April 2026, and the plan is not agreed yet.');
    expect(textOf('client')).not.toContain('recorded');
    expect(textOf('coach')).toMatch(/The check-in of Thu, 2 April 2026 at 09:00 \(UTC\) is not\s+recorded/);
    const second = await run('2026-04-16T08:30:00Z');
    expect(receivers(second)).toEqual(['client', 'coach']);
    expect(second[0]!.text).toContain('The engagement ends on Thu, 30 April 2026.');
    const third = await run('2026-04-22T08:30:00Z');
    expect(receivers(third)).toEqual(['coach']);
    expect(third[0]!.text).toMatch(/No check-in was held for 3 weeks, and none is\s+scheduled/);
  });

  it('brings a coach their week on Monday', async () => {
    const on = await calm();
    await aCheckIn(on, '2026-04-14T09:00:00Z');
    const [mail] = await run('2026-04-13T08:30:00Z');
    const week = desk.mails.find(({ subject }) => subject === 'Your week in coaching')!;
    expect(mail).toBeDefined();
    expect(week.to.name).toBe('Alex Coach');
    expect(week.text.replaceAll(/\s+/g, ' ')).toContain(
      'Kim <Client>: on track; next check-in Tue, 14 April 2026 at 09:00 (UTC). Last week: nothing new.',
    );
    expect((await run('2026-04-14T08:30:00Z')).filter(({ subject }) => subject.includes('week'))).toEqual([]);
  });

  it('skips, visibly, who has no address', async () => {
    const on = await anEngagement(cairn, { sponsor: false, proposal: { endsOn: '2026-04-10' } });
    expect(await run('2026-04-01T09:30:00Z')).toEqual([]);
    const { rows } = await cairn.running.pool.query(`SELECT to_id, state, problem FROM records.effects ORDER BY to_id`);
    const skipped = [on.client.id, on.coach.id].toSorted();
    expect(rows).toEqual(
      expect.arrayContaining(skipped.map((to_id) => ({ to_id, state: 'failed', problem: 'no-address' }))),
    );
    expect(await desk.sweep()).toEqual([]);
  });

  it('reaches the others when one address is refused', async () => {
    const on = await overdue();
    desk.deliver = ({ to }) =>
      to.address.startsWith('coach') ? { outcome: 'refused', problem: 'smtp 550' } : { outcome: 'sent' };
    expect(receivers(await run('2026-04-10T08:30:00Z'))).toEqual(['client']);
    expect(await desk.sweep()).toEqual([]);
    const { rows } = await cairn.running.pool.query(
      `SELECT to_id, problem FROM records.effects WHERE state = 'failed'`,
    );
    expect(rows).toEqual([{ to_id: on.coach.id, problem: 'smtp 550' }]);
  });

  it('is tried again when it certainly was not sent, and never when nobody can tell', async () => {
    await overdue();
    desk.deliver = () => ({ outcome: 'not-sent', problem: 'smtp 421' });
    await expect(run('2026-04-09T08:30:00Z')).rejects.toThrow('smtp 421');
    desk.deliver = () => ({ outcome: 'unknown', problem: 'smtp ETIMEDOUT' });
    expect(await desk.run()).toEqual([]);
    desk.deliver = () => ({ outcome: 'sent' });
    expect(await desk.run()).toEqual([]);
    expect(await desk.sweep()).toEqual([]);
  });
});

it('keeps tenants apart', async () => {
  const person = randomUUID();
  const [one, other] = await Promise.all(
    ['acme', 'other'].map((tenant) =>
      anEngagement(cairn, {
        tenant,
        sponsor: false,
        coach: cairn.as('coach', person, tenant),
        proposal: { endsOn: '2026-04-10' },
      }),
    ),
  );
  const register = (on: Case, email: string) =>
    on.coach.post('/participants', { participantId: person, kind: 'coach', name: 'Sam', email });
  done(await register(one!, 'one@example.org'));
  done(await register(other!, 'other@example.org'));
  const mails = await run('2026-04-01T09:30:00Z');
  expect(mails.map(({ to }) => to.address).toSorted()).toEqual(['one@example.org', 'other@example.org']);
});
