import { randomUUID } from 'node:crypto';
import {
  aBarrier,
  aCheckIn,
  adaptationBody,
  aGoal,
  agreePlan,
  aMilestone,
  anAction,
  anEngagement,
  aProposedGoal,
  aResource,
  type Case,
  type CaseOptions,
  done,
  euros,
  today,
} from './builders';
import type { TestCairn } from './cairn';
import { observe, score } from './past';

/** Personal texts, each a word that occurs nowhere else. */
export const personal = {
  clientName: 'Xerxesname',
  coachName: 'Quillname',
  sponsorName: 'Zaphodname',
  email: 'xerxes@mailbox.example',
  vision: 'Visionword',
  value: 'Valueword',
  interest: 'Interestword',
  aspiration: 'Aspirationword',
  barrier: 'Obstacleword',
  resolvedBarrier: 'Solvedobstacleword',
  summary: 'Summaryword',
  progressNote: 'Progressword',
  evidence: 'Evidenceword',
  reflection: 'Reflectionword',
  setback: 'Setbackword',
  lesson: 'Lessonword',
  sharedNote: 'Sharednoteword',
  privateNote: 'Privatenoteword',
} as const;

/** Plan texts, which auditors see. */
export const planTexts = {
  goal: 'Goalplan',
  milestone: 'Milestoneplan',
  action: 'Actionplan',
  resource: 'Resourceplan',
  strategy: 'Strategyplan',
  reason: 'Reasonplan',
} as const;

export type Season = Case & {
  readonly goal: string;
  readonly achievedGoal: string;
  readonly proposedGoal: string;
  readonly milestone: string;
  readonly reachedMilestone: string;
  readonly action: string;
  readonly resource: string;
  readonly barrier: string;
  readonly heldCheckIn: string;
  readonly nextCheckIn: string;
  readonly sharedNote: string;
  readonly privateNote: string;
  readonly barrierEvent: string;
};

/** An engagement in which everything has happened once, with personal text wherever there can be one. The plan is at revision 2. */
export async function aSeason(cairn: TestCairn, options: CaseOptions = {}): Promise<Season> {
  const on = await anEngagement(cairn, options);
  await register(cairn, on, options.tenant);
  done(
    await on.client.put(on.at('/vision'), {
      vision: personal.vision,
      values: [personal.value],
      interests: [personal.interest],
      aspirations: [personal.aspiration],
    }),
  );
  const goal = await aGoal(on, { specific: planTexts.goal });
  const achievedGoal = await aProposedGoal(on);
  done(await on.post(`/goals/${achievedGoal}/accept`, {}, on.client));
  const proposedGoal = await aProposedGoal(on);
  const reachedMilestone = await aMilestone(on, goal);
  const milestone = await aMilestone(on, goal, { title: planTexts.milestone });
  const action = await anAction(on, milestone, { title: planTexts.action });
  const resource = await aResource(on, { description: planTexts.resource });
  await agreePlan(on);
  done(await on.post(`/resources/${resource}/allocate`, { to: milestone, amount: euros('200.00') }));
  const found = done(
    await on.post('/barriers', {
      category: 'external',
      description: personal.barrier,
      severity: 4,
      affects: [goal, milestone],
    }),
  );
  const barrier = found.body.barrierId as string;
  const barrierEvent = (found.body.eventIds as readonly string[])[0]!;
  done(await on.post(`/barriers/${barrier}/strategies`, { description: planTexts.strategy }));
  const solved = await aBarrier(on, { description: personal.resolvedBarrier });
  done(await on.post(`/barriers/${solved}/resolve`, { outcome: 'It is gone', resolvedOn: today }));
  const heldCheckIn = await aCheckIn(on);
  const held = { heldAt: `${today}T08:00:00Z`, summary: personal.summary, confidence: 7 };
  done(await on.post(`/check-ins/${heldCheckIn}/hold`, held));
  done(await on.post(`/check-ins/${await aCheckIn(on)}/miss`, { by: 'client' }));
  const nextCheckIn = await aCheckIn(on, '2026-04-20T09:00:00Z');
  await observe(on, goal, 2, today, 'client', { note: personal.progressNote });
  await score(on, goal, -1, today);
  await score(on, goal, 1, today);
  done(await on.post(`/milestones/${reachedMilestone}/reach`, { reachedOn: today, evidence: personal.evidence }));
  done(await on.post('/plan/adaptations', adaptation(milestone, barrierEvent)));
  done(await on.post('/celebrations', { about: reachedMilestone, how: 'With cake' }));
  done(await on.post('/setbacks', { description: personal.setback, lesson: personal.lesson }));
  const note = async (visibility: string, text: string) =>
    done(await on.post('/notes', { visibility, text, about: goal })).body.noteId as string;
  const sharedNote = await note('shared', personal.sharedNote);
  const privateNote = await note('coach-private', personal.privateNote);
  done(await on.post(`/goals/${achievedGoal}/achieve`, { achievedOn: today, reflection: personal.reflection }));
  await cairn.settled();
  return {
    ...on,
    goal,
    achievedGoal,
    proposedGoal,
    milestone,
    reachedMilestone,
    action,
    resource,
    barrier,
    heldCheckIn,
    nextCheckIn,
    sharedNote,
    privateNote,
    barrierEvent,
  };
}

const adaptation = (milestoneId: string, barrierEvent: string) =>
  adaptationBody([{ op: 'milestone-redated', milestoneId, from: '2026-05-31', to: '2026-06-15' }], {
    reasonCode: 'barrier',
    reasonText: planTexts.reason,
    triggeredBy: [barrierEvent],
  });

async function register(cairn: TestCairn, on: Case, tenant?: string): Promise<void> {
  const admin = cairn.as('admin', randomUUID(), tenant);
  const people = [
    { participantId: on.client.id, kind: 'client', name: personal.clientName, email: personal.email },
    { participantId: on.coach.id, kind: 'coach', name: personal.coachName },
    { participantId: on.sponsor.id, kind: 'sponsor', name: personal.sponsorName },
  ];
  for (const person of people) done(await admin.post('/participants', person));
}

/** The client signs again. */
export async function disclose(cairn: TestCairn, on: Case, discloses: readonly string[]): Promise<string> {
  const signed = done(await on.post('/agreement', { party: 'client', discloses }, on.client));
  await cairn.settled();
  return (signed.body.eventIds as readonly string[])[0]!;
}

/** The paths under an engagement that answer something, as the contract's table names them. */
export const paths = {
  overview: '',
  plan: '/plan',
  'plan at a revision': '/plan?revision=1',
  'plan of a day': `/plan?asOf=${today}`,
  revisions: '/plan/revisions',
  diff: '/plan/diff?from=0&to=2',
  progress: '/progress',
  'progress of a day': `/progress?asOf=${today}`,
  'check-ins': '/check-ins',
  barriers: '/barriers',
  resources: '/resources',
  brief: '/brief',
  notes: '/notes',
  audit: '/audit?limit=200',
  disclosures: '/disclosures?limit=200',
  notifications: '/notifications?limit=200',
} as const;

export type PathName = keyof typeof paths;
