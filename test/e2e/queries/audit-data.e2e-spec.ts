import { anEngagement, done, goalBody, milestoneBody, now, today, type Case } from '../../support/builders';
import { auditedCommands } from '../../support/audited-commands';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';
import { readItems } from '../../support/reading';
import { auditEntry } from '../../support/shapes';

let cairn: TestCairn;
let on: Case;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  on = await anEngagement(cairn, { sponsor: true });
});
afterAll(() => cairn.stop());

const made: Record<string, string> = {};
const id = (name: string): string => made[name]!;
const fill = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => id(name));

describe('The data of an entry', () => {
  it('are the fields of the command by the same names, with the ids', async () => {
    for (const step of auditedCommands) {
      const { path, body, by, makes, events } = step(id);
      const sender: Caller = by === undefined ? on.coach : on[by];
      const answer = done(await on.post(fill(path), body, sender));
      await cairn.settled();
      const entries = await readItems(on.client, on.at('/audit?order=desc&limit=5'), auditEntry);
      const own = entries.filter(({ eventId }) => (answer.body.eventIds as readonly string[]).includes(eventId));
      expect(own.map(({ type }) => type)).toEqual(Object.keys(events));
      const field =
        makes === undefined
          ? []
          : Object.entries(answer.body).filter(([name]) =>
              /^(goal|milestone|action|resource|barrier|strategy|checkIn|celebration|note)Id$/.test(name),
            );
      if (makes !== undefined) made[makes] = String(field[0]![1]);
      const sent = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      expect([path, own[0]?.data]).toEqual([
        path,
        expect.objectContaining({ ...sent, ...events[own[0]!.type], ...Object.fromEntries(field) }),
      ]);
    }
  });

  it('of one command that had several events are with each of them', async () => {
    const other = await anEngagement(cairn, { sponsor: false });
    const setback = done(await other.post('/setbacks', { description: 'Refused', lesson: 'Ask first' })).body;
    const goalId = done(await other.post('/goals', goalBody())).body.goalId as string;
    const milestone = async () =>
      done(await other.post('/milestones', milestoneBody(goalId))).body.milestoneId as string;
    const [reached, dropped] = [await milestone(), await milestone()];
    const outcome = {
      achievedOn: today,
      reflection: 'Proud',
      milestones: { [reached]: 'reached', [dropped]: 'dropped' },
    };
    const achieved = done(await other.post(`/goals/${goalId}/achieve`, outcome)).body;
    await cairn.settled();
    const audit = await readItems(other.client, other.at('/audit?limit=200'), auditEntry);
    const of = ({ eventIds }: { eventIds: readonly string[] }) =>
      Object.fromEntries(
        audit.filter(({ eventId }) => eventIds.includes(eventId)).map(({ type, data }) => [type, data]),
      );
    expect(of(setback)).toMatchObject({
      SetbackRecorded: { setbackId: setback.setbackId, description: 'Refused' },
      LessonLearned: { setbackId: setback.setbackId, lesson: 'Ask first' },
    });
    expect(of(achieved)).toMatchObject({
      GoalAchieved: { goalId, achievedOn: today, reflection: 'Proud' },
      MilestoneReached: { milestoneId: reached, reachedOn: today },
      MilestoneDropped: { milestoneId: dropped },
    });
    const commands = audit
      .filter(({ eventId }) => achieved.eventIds.includes(eventId))
      .map(({ commandId }) => commandId);
    expect(new Set(commands).size).toBe(1);
  });

  it('of the beginning are those of the proposal and the signatures', async () => {
    const audit = await readItems(on.client, on.at('/audit?limit=5'), auditEntry);
    expect(audit[0]?.data).toMatchObject({
      clientId: on.client.id,
      coachId: on.coach.id,
      sponsorId: on.sponsor.id,
      startsOn: '2026-03-01',
      endsOn: '2026-12-31',
      checkInEveryDays: null,
    });
    expect(audit.slice(1, 4).map(({ data }) => data.party)).toEqual(['client', 'coach', 'sponsor']);
    expect(audit[1]?.data).toMatchObject({ discloses: [] });
  });
});
