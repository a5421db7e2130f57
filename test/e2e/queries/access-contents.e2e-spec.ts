import { createHash } from 'node:crypto';
import { now } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { foundIn, read, readItems, reason, sentencesIn } from '../../support/reading';
import { aSeason, disclose, paths, personal, planTexts, type Season } from '../../support/season';
import { barrier, checkIn, note, overview, plan, planDiff, planRevision, progress } from '../../support/shapes';

let cairn: TestCairn;
let on: Season;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  on = await aSeason(cairn);
});
afterAll(() => cairn.stop());

const everySecret = Object.values(personal);
const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('A sponsor', () => {
  it('sees parties, state, dates and agreement when nothing is disclosed', async () => {
    await disclose(cairn, on, []);
    const seen = await read(on.sponsor, on.at(''), overview);
    expect(seen).toMatchObject({
      state: 'active',
      client: { participantId: on.client.id },
      coach: { participantId: on.coach.id },
      sponsor: { participantId: on.sponsor.id },
      startsOn: '2026-03-01',
      endsOn: '2026-12-31',
      agreement: { missing: [], discloses: [] },
      goals: [],
      vision: null,
      lastCheckIn: null,
      nextCheckIn: null,
      health: null,
      open: null,
    });
  });

  it('sees goals and vision with goals, and no barriers, resources or triggers', async () => {
    await disclose(cairn, on, ['goals']);
    const seen = await read(on.sponsor, on.at(''), overview);
    expect(seen.vision).toEqual({
      vision: personal.vision,
      values: [personal.value],
      interests: [personal.interest],
      aspirations: [personal.aspiration],
    });
    expect(seen.goals.map(({ goalId }) => goalId)).toContain(on.goal);
    expect(seen).toMatchObject({ lastCheckIn: null, nextCheckIn: null, health: null, open: null });
    for (const path of ['plan', 'plan at a revision', 'plan of a day'] as const) {
      const seenPlan = await read(on.sponsor, on.at(paths[path]), plan);
      expect(seenPlan).toMatchObject({ barriers: [], resources: [] });
      expect(seenPlan.goals).not.toEqual([]);
    }
    const revisions = await readItems(on.sponsor, on.at(paths.revisions), planRevision);
    expect(revisions.map(({ triggeredBy }) => triggeredBy)).toEqual([[], []]);
    expect(revisions[1]?.reasonText).toBe(planTexts.reason);
    const diff = await read(on.sponsor, on.at(paths.diff), planDiff);
    expect(diff.changed).toEqual([
      { kind: 'milestone', id: on.milestone, field: 'dueOn', from: '2026-05-31', to: '2026-06-15' },
    ]);
  });

  it('sees numbers and no words with progress', async () => {
    await disclose(cairn, on, ['progress']);
    const seen = await read(on.sponsor, on.at(''), overview);
    expect(seen).toMatchObject({ goals: [], vision: null, lastCheckIn: null, health: { rules: [] } });
    expect(seen.open).toEqual({ milestones: 1, actions: 1, barriers: 1 });
    for (const path of ['progress', 'progress of a day'] as const) {
      const answer = await on.sponsor.get(on.at(paths[path]));
      const numbers = await read(on.sponsor, on.at(paths[path]), progress);
      expect(numbers.health.rules).toEqual([]);
      expect(numbers.goals.length).toBeGreaterThan(0);
      expect(numbers.goals.map(({ specific }) => specific).filter((one) => one !== null)).toEqual([]);
      const titles = numbers.goals.flatMap(({ milestones }) => milestones.map(({ title }) => title));
      expect(titles).toEqual([null, null]);
      expect(foundIn(answer, Object.values(planTexts))).toEqual([]);
    }
  });

  it('sees the words too with progress and goals', async () => {
    await disclose(cairn, on, ['progress', 'goals']);
    const numbers = await read(on.sponsor, on.at('/progress'), progress);
    const goal = numbers.goals.find(({ goalId }) => goalId === on.goal);
    expect(goal?.specific).toBe(planTexts.goal);
    expect(goal?.milestones.map(({ title }) => title)).toContain(planTexts.milestone);
    expect(numbers.health.rules).toEqual([]);
  });

  it('sees the check-ins without their summaries with attendance', async () => {
    await disclose(cairn, on, ['attendance']);
    const seen = await read(on.sponsor, on.at(''), overview);
    expect(seen.lastCheckIn?.checkInId).toBe(on.heldCheckIn);
    expect(seen.nextCheckIn?.checkInId).toBe(on.nextCheckIn);
    expect(seen).toMatchObject({ goals: [], vision: null, health: null, open: null });
    const meetings = await readItems(on.sponsor, on.at('/check-ins'), checkIn);
    expect(meetings.map(({ state }) => state).sort()).toEqual(['held', 'missed', 'scheduled']);
    expect(meetings.map(({ summary }) => summary)).toEqual([null, null, null]);
  });

  it('never receives the text of a note, a barrier, a summary or anything observed', async () => {
    await disclose(cairn, on, ['goals', 'progress', 'attendance']);
    const { vision, value, interest, aspiration, clientName, coachName, sponsorName, ...never } = personal;
    const disclosable = [vision, value, interest, aspiration, clientName, coachName, sponsorName];
    for (const path of [...Object.values(paths).map(on.at), '/engagements', '/analytics/barriers']) {
      const answer = await on.sponsor.get(path);
      expect([path, foundIn(answer, Object.values(never))]).toEqual([path, []]);
      expect([path, foundIn({ body: sentencesIn(answer.body) }, disclosable)]).toEqual([path, []]);
    }
  });
});

describe('An auditor', () => {
  it('receives no personal text on any path', async () => {
    const auditor = cairn.as('auditor');
    const found = [];
    for (const path of [...Object.values(paths).map(on.at), '/engagements', on.at('/audit?order=desc&limit=200')]) {
      found.push(...foundIn(await auditor.get(path), everySecret).map((word) => [path, word]));
    }
    expect(found).toEqual([]);
  });

  it('receives the words of the plan', async () => {
    const auditor = cairn.as('auditor');
    for (const path of ['/plan', '/audit?limit=200']) {
      const { reason: why, ...words } = planTexts;
      expect([path, foundIn(await auditor.get(on.at(path)), Object.values(words))]).toEqual([
        path,
        Object.values(words),
      ]);
      expect(foundIn(await auditor.get(on.at('/audit?limit=200')), [why])).toEqual([why]);
    }
    const revisions = await readItems(auditor, on.at('/plan/revisions'), planRevision);
    expect(revisions[1]).toMatchObject({ reasonText: planTexts.reason, triggeredBy: [{ eventId: on.barrierEvent }] });
  });

  it('sees names, summaries and descriptions as null', async () => {
    const auditor = cairn.as('auditor');
    const seen = await read(auditor, on.at(''), overview);
    expect([seen.client, seen.coach, seen.sponsor]).toEqual([
      { participantId: on.client.id, name: null },
      { participantId: on.coach.id, name: null },
      { participantId: on.sponsor.id, name: null },
    ]);
    expect(seen.goals.map(({ specific }) => specific)).toContain(planTexts.goal);
    const meetings = await readItems(auditor, on.at('/check-ins'), checkIn);
    expect(meetings.map(({ summary }) => summary)).toEqual([null, null, null]);
    const obstacles = await readItems(auditor, on.at('/barriers'), barrier);
    expect(obstacles.map(({ description }) => description)).toEqual([null, null]);
    expect(obstacles.flatMap(({ strategies }) => strategies.map(({ description }) => description))).toEqual([
      planTexts.strategy,
    ]);
  });

  it('sees that notes exist, with their digests', async () => {
    const notes = await readItems(cairn.as('auditor'), on.at('/notes'), note);
    const seen = notes.map(({ noteId, visibility, text, digest: hash }) => [noteId, visibility, text, hash]);
    expect(seen).toEqual(
      expect.arrayContaining([
        [on.sharedNote, 'shared', null, digest(personal.sharedNote)],
        [on.privateNote, 'coach-private', null, digest(personal.privateNote)],
      ]),
    );
    expect(notes).toHaveLength(2);
  });
});

describe('Private notes', () => {
  it.each(['client', 'supervisor'])('are not there for a %s, anywhere', async (role) => {
    const reader = role === 'client' ? on.client : cairn.as('supervisor');
    for (const path of Object.values(paths)) {
      const answer = await reader.get(on.at(path), role === 'client' ? {} : reason);
      expect([path, foundIn(answer, [personal.privateNote, on.privateNote])]).toEqual([path, []]);
      expect([path, foundIn(answer, ['private'])]).toEqual([path, []]);
    }
    const notes = await readItems(reader, on.at('/notes'), note, reason);
    expect(notes.map(({ noteId, text }) => [noteId, text])).toEqual([[on.sharedNote, personal.sharedNote]]);
  });

  it('are there for the coach who wrote them', async () => {
    const notes = await readItems(on.coach, on.at('/notes'), note);
    expect(notes.map(({ noteId, text, author }) => [noteId, text, author])).toEqual([
      [on.privateNote, personal.privateNote, on.coach.id],
      [on.sharedNote, personal.sharedNote, on.coach.id],
    ]);
  });
});

describe('An admin', () => {
  it('sees parties, state, dates and counts', async () => {
    const seen = await read(cairn.as('admin'), on.at(''), overview);
    expect(seen).toMatchObject({
      client: { participantId: on.client.id },
      state: 'active',
      goals: [],
      vision: null,
      open: { milestones: 1, actions: 1, barriers: 1 },
    });
    const { clientName, coachName, sponsorName, ...texts } = personal;
    expect(foundIn({ body: seen }, [...Object.values(texts), ...Object.values(planTexts)])).toEqual([]);
    expect([clientName, coachName, sponsorName]).toEqual([seen.client.name, seen.coach.name, seen.sponsor?.name]);
  });
});

describe('Sentences', () => {
  it('never contain personal text or names, whoever reads', async () => {
    const found = [];
    for (const [reader, headers] of [
      [on.client, {}],
      [on.coach, {}],
      [cairn.as('supervisor'), reason],
    ] as const) {
      for (const path of [...Object.values(paths), '/brief?since=2026-01-01T00:00:00Z']) {
        const { body } = await reader.get(on.at(path), headers);
        found.push(...foundIn({ body: sentencesIn(body) }, everySecret).map((word) => [path, word]));
      }
    }
    expect(found).toEqual([]);
  });
});
