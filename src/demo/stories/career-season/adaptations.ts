import { eventOf, type Step } from '../story';
import { checkInKey } from './check-ins';
import { actions, barrierId, type Calendar, client, coach, goals, milestones, pen, resources, sponsor } from './people';

const key = (step: string): string => `demo/career-season/${step}`;
const euros = (amount: string) => ({ amount, currency: 'EUR' });

/** A barrier that changes the dates, and an opportunity that changes the goals: revisions 2 and 3 of the plan. */
export function adaptations(calendar: Calendar): Step[] {
  return [...barrier(calendar), ...newDates(calendar), ...sponsorsGoal(calendar), ...newGoals(calendar)];
}

function barrier({ at, day }: Calendar): Step[] {
  const { send } = pen;
  return [
    send(at(-24, 'Tue', '21:00'), client, 'POST …/barriers', 'barrier', {
      barrierId,
      category: 'external',
      description:
        'Two colleagues left: night shifts are doubled, and study days are stopped until the posts are filled.',
      severity: 4,
      affects: [goals.certificate, milestones.secondModules],
    }),
    send(at(-23, 'Mon', '09:00'), coach, `POST …/resources/${resources.days}/release`, 'study-days-stopped', {
      reason: 'Study days are stopped on the ward',
    }),
    send(at(-23, 'Wed', '17:10'), coach, `POST …/barriers/${barrierId}/strategies`, 'strategy', {
      description: 'The self-paced track of the school: modules when the roster allows, not on fixed evenings',
    }),
    send(at(-15, 'Mon', '12:00'), client, `POST …/barriers/${barrierId}/resolve`, 'barrier-resolved', {
      outcome: 'Both posts are filled; study days are back from this month',
      resolvedOn: day(-15, 'Mon'),
    }),
    send(at(-15, 'Wed', '17:15'), coach, `POST …/resources/${resources.days}/allocate`, 'study-days-back', {
      to: milestones.capstone,
    }),
  ];
}

/** Agreed in the check-in of week −23, written down in week −21 with the day on which it was agreed. */
function newDates({ at, day }: Calendar): Step[] {
  const { send } = pen;
  return [
    send(at(-21, 'Mon', '08:30'), coach, 'POST …/plan/adaptations', 'adaptation-1', {
      occurredAt: at(-23, 'Wed', '16:50'),
      baseRevision: 1,
      reasonCode: 'barrier',
      reasonText:
        'With doubled nights and no study days the second half of the course can’t be done by the agreed dates. ' +
        'The goal stays, the dates follow the roster.',
      triggeredBy: [eventOf(key('barrier')), eventOf(key(checkInKey(-23)))],
      changes: [
        {
          op: 'goal-redated',
          goalId: goals.certificate,
          from: { startOn: day(-39, 'Tue'), dueOn: day(-5, 'Fri') },
          to: { startOn: day(-39, 'Tue'), dueOn: day(-2, 'Fri') },
        },
        { op: 'milestone-redated', milestoneId: milestones.secondModules, from: day(-19, 'Fri'), to: day(-14, 'Fri') },
        { op: 'milestone-redated', milestoneId: milestones.capstone, from: day(-7, 'Fri'), to: day(-3, 'Fri') },
        { op: 'action-redated', actionId: actions.practice, from: day(-20, 'Fri'), to: day(-15, 'Fri') },
        {
          op: 'action-added',
          action: {
            actionId: actions.selfPaced,
            milestoneId: milestones.secondModules,
            title: 'One module every three weeks, self-paced',
            owner: 'client',
            dueOn: day(-14, 'Thu'),
            commitment: 7,
          },
        },
        {
          op: 'resource-changed',
          resourceId: resources.fees,
          from: { description: 'Fees of the certificate, paid by the hospital', budget: euros('2400.00') },
          to: {
            description: 'Fees of the certificate, self-paced track, paid by the hospital',
            budget: euros('2900.00'),
          },
        },
      ],
      agreedBy: ['client', 'coach'],
      sponsorInformed: true,
      effectiveOn: day(-23, 'Wed'),
    }),
    send(at(-21, 'Mon', '08:40'), coach, `POST …/resources/${resources.fees}/allocate`, 'fund-second-modules', {
      to: milestones.secondModules,
      amount: euros('900.00'),
    }),
    send(at(-15, 'Wed', '17:20'), coach, `POST …/resources/${resources.fees}/allocate`, 'fund-capstone', {
      to: milestones.capstone,
      amount: euros('500.00'),
    }),
  ];
}

/** The sponsor may propose; whether it becomes a goal is for the client and the coach to say. */
function sponsorsGoal({ at, day }: Calendar): Step[] {
  return [
    pen.send(at(-14, 'Mon', '10:00'), sponsor, 'POST …/goals', 'propose-scanning', {
      goalId: goals.scanning,
      specific: 'Raise bedside scanning from 78 to 95 percent',
      measure: { metric: 'doses scanned', unit: 'percent', baseline: 78, target: 95, direction: 'increase' },
      attainmentScale: [
        { level: -2, description: 'Below 75 percent' },
        { level: -1, description: '75 to 84 percent' },
        { level: 0, description: '85 to 94 percent' },
        { level: 1, description: '95 percent on the ward' },
        { level: 2, description: '95 percent on three wards' },
      ],
      achievability: { confidence: 6 },
      relevance: 'Safety of patients, and a result that speaks for a post in informatics',
      startOn: day(-12, 'Mon'),
      dueOn: day(6, 'Fri'),
      source: 'sponsor',
      weight: 1,
    }),
  ];
}

function newGoals({ at, day }: Calendar): Step[] {
  const { send } = pen;
  return [
    send(at(-12, 'Wed', '17:30'), client, 'POST …/plan/adaptations', 'adaptation-2', {
      baseRevision: 2,
      reasonCode: 'opportunity',
      reasonText:
        'The hospital creates a post for a clinical informatics nurse. What the sponsor proposes is the best proof that ' +
        'Ines can do it, so it joins the plan; the talk to the board waits for its numbers.',
      triggeredBy: [eventOf(key('propose-scanning')), eventOf(key(checkInKey(-13)))],
      changes: [
        { op: 'goal-added', goalId: goals.scanning },
        {
          op: 'goal-redefined',
          goalId: goals.lead,
          from: {
            specific: 'Lead the digital changes on the ward',
            relevance: 'Shows in practice what the certificate says on paper',
          },
          to: {
            specific: 'Lead the digital changes, as a profession',
            relevance: 'Shows in practice what the certificate says on paper, and leads to the post',
          },
        },
        {
          op: 'milestone-added',
          milestone: {
            milestoneId: milestones.causes,
            goalId: goals.scanning,
            title: 'Why scans are skipped is known',
            criterion: 'A list of causes with how often',
            dueOn: day(-8, 'Fri'),
          },
        },
        {
          op: 'milestone-added',
          milestone: {
            milestoneId: milestones.trolleys,
            goalId: goals.scanning,
            title: 'A scanner that works on every trolley',
            criterion: 'Two weeks without a report',
            dueOn: day(2, 'Fri'),
          },
        },
        {
          op: 'milestone-added',
          milestone: {
            milestoneId: milestones.application,
            goalId: goals.lead,
            title: 'Application for the new post is in',
            criterion: 'Received by the hospital',
            dueOn: day(-1, 'Fri'),
          },
        },
        { op: 'milestone-redated', milestoneId: milestones.board, from: day(-4, 'Fri'), to: day(2, 'Fri') },
        { op: 'action-redated', actionId: actions.rehearse, from: day(-5, 'Fri'), to: day(1, 'Fri') },
        {
          op: 'action-added',
          action: {
            actionId: actions.rounds,
            milestoneId: milestones.causes,
            title: 'Watch five drug rounds and note every skipped scan',
            owner: 'client',
            dueOn: day(-9, 'Fri'),
            commitment: 9,
          },
        },
        {
          op: 'action-added',
          action: {
            actionId: actions.reference,
            milestoneId: milestones.application,
            title: 'Ask the head of informatics for a reference',
            owner: 'client',
            dueOn: day(-3, 'Fri'),
            commitment: 6,
          },
        },
      ],
      agreedBy: ['client', 'coach'],
      sponsorInformed: true,
      effectiveOn: day(-12, 'Wed'),
    }),
    send(at(-12, 'Wed', '18:00'), client, 'POST …/agreement', 'client-signs-again', {
      party: 'client',
      discloses: ['goals', 'progress', 'attendance'],
    }),
    send(at(-12, 'Wed', '18:10'), client, 'POST …/goals/priorities', 'priorities-again', {
      order: [goals.certificate, goals.scanning, goals.lead],
    }),
  ];
}
