import { now, today } from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';
import { listAnswer, read, reason } from '../../support/reading';
import { aSeason, disclose, paths, type PathName, type Season } from '../../support/season';
import {
  auditEntry,
  barrier,
  brief,
  caseloadItem,
  checkIn,
  disclosure,
  note,
  notification,
  overview,
  plan,
  planDiff,
  planRevision,
  progress,
  resource,
} from '../../support/shapes';
import type { Shape } from '../../support/shapes/checker';

let cairn: TestCairn;
let on: Season;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  on = await aSeason(cairn);
  await disclose(cairn, on, ['goals', 'progress', 'attendance']);
});
afterAll(() => cairn.stop());

const shapes: Readonly<Record<PathName, Shape<unknown>>> = {
  overview,
  plan,
  'plan at a revision': plan,
  'plan of a day': plan,
  revisions: listAnswer(planRevision),
  diff: planDiff,
  progress,
  'progress of a day': progress,
  'check-ins': listAnswer(checkIn),
  barriers: listAnswer(barrier),
  resources: listAnswer(resource),
  brief,
  notes: listAnswer(note),
  audit: listAnswer(auditEntry),
  disclosures: listAnswer(disclosure),
  notifications: listAnswer(notification),
};
const names = Object.keys(shapes) as PathName[];

const readers: Readonly<Record<string, () => Caller>> = {
  client: () => on.client,
  coach: () => on.coach,
  sponsor: () => on.sponsor,
  supervisor: () => cairn.as('supervisor'),
  auditor: () => cairn.as('auditor'),
  admin: () => cairn.as('admin'),
};

describe('Every answer of a season in which everything happened', () => {
  it.each(Object.keys(readers))('has its shape to the letter for a %s', async (role) => {
    const by = readers[role]!();
    let seen = 0;
    for (const name of names) {
      const answer = await by.get(on.at(paths[name]), reason);
      if (answer.status === 403) continue;
      await read(by, on.at(paths[name]), shapes[name], reason);
      seen += 1;
    }
    expect(seen).toBeGreaterThan(0);
    await read(by, '/engagements', listAnswer(overview), reason);
  });

  it('has its shape in the caseload', async () => {
    for (const by of [on.coach, cairn.as('supervisor'), cairn.as('admin')]) {
      const { items } = await read(by, `/caseload?coachId=${on.coach.id}`, listAnswer(caseloadItem), reason);
      expect(items).toHaveLength(1);
    }
  });
});

describe('What stands now', () => {
  it.each(Object.keys(readers).filter((role) => role !== 'admin'))(
    'is what stands at the end of today: %s',
    async (role) => {
      const by = readers[role]!();
      const now = await read(by, on.at('/plan'), plan, reason);
      expect(await read(by, on.at(`/plan?asOf=${today}`), plan, reason)).toEqual({ ...now, asOf: today });
      const numbers = await read(by, on.at('/progress'), progress, reason);
      expect(await read(by, on.at(`/progress?asOf=${today}`), progress, reason)).toEqual(numbers);
    },
  );
});
