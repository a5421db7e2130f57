import { type JsonObject, type Step } from '../story';
import { actions, type Calendar, client, coach, goals, milestones, pen, resources } from './people';

/** Two SMART goals, the way to each, what it takes, and the agreement on it: revision 1 of the plan. */
export function plan(calendar: Calendar): Step[] {
  const { at } = calendar;
  const { send } = pen;
  return [
    ...twoGoals(calendar),
    ...theWay(calendar),
    ...whatItTakes(calendar),
    send(at(-39, 'Thu', '17:00'), client, 'POST …/goals/priorities', 'priorities', {
      order: [goals.certificate, goals.lead],
    }),
    send(at(-38, 'Thu', '17:30'), coach, 'POST …/plan/agreement', 'agree-plan', { agreedBy: ['client', 'coach'] }),
  ];
}

function twoGoals({ at, day }: Calendar): Step[] {
  const { send } = pen;
  return [
    send(at(-39, 'Tue', '16:00'), client, 'POST …/goals', 'set-certificate', {
      goalId: goals.certificate,
      specific: 'Earn the health informatics certificate',
      measure: { metric: 'modules passed', unit: 'modules', baseline: 0, target: 12, direction: 'increase' },
      achievability: { confidence: 7, rationale: 'Four hours a week are possible outside the night shifts' },
      relevance: 'Without it no informatics team reads an application; it serves the vision of building the tools',
      startOn: day(-39, 'Tue'),
      dueOn: day(-5, 'Fri'),
      source: 'client',
      weight: 3,
      rank: 1,
    }),
    send(at(-39, 'Tue', '16:30'), coach, 'POST …/goals', 'set-lead', {
      goalId: goals.lead,
      specific: 'Lead the digital changes on the ward',
      attainmentScale: [
        { level: -2, description: 'Hears of changes when they are there' },
        { level: -1, description: 'Is asked what she thinks of them' },
        { level: 0, description: 'Has led one change on the ward from idea to use' },
        { level: 1, description: 'Leads the changes of the ward, and other wards ask' },
        { level: 2, description: 'Does it as her profession' },
      ],
      achievability: { confidence: 6 },
      relevance: 'Shows in practice what the certificate says on paper',
      startOn: day(-39, 'Tue'),
      dueOn: day(8, 'Fri'),
      source: 'joint',
      weight: 2,
      rank: 2,
    }),
  ];
}

function theWay({ at, day }: Calendar): Step[] {
  const milestone = (minute: number, key: string, body: JsonObject): Step =>
    pen.send(at(-39, 'Wed', `17:${String(minute).padStart(2, '0')}`), coach, 'POST …/milestones', key, body);
  const action = (minute: number, key: string, body: JsonObject): Step =>
    pen.send(at(-39, 'Wed', `18:${String(minute).padStart(2, '0')}`), client, 'POST …/actions', key, body);
  const certificate = { goalId: goals.certificate };
  const lead = { goalId: goals.lead };
  return [
    milestone(0, 'plan-enrolled', {
      ...certificate,
      milestoneId: milestones.enrolled,
      title: 'Enrolled, with study leave agreed',
      criterion: 'Confirmation of the school, letter of the ward',
      dueOn: day(-36, 'Fri'),
    }),
    milestone(5, 'plan-first-modules', {
      ...certificate,
      milestoneId: milestones.firstModules,
      title: 'Modules 1 to 4 passed',
      criterion: 'Four results in the school’s portal',
      dueOn: day(-28, 'Fri'),
    }),
    milestone(10, 'plan-second-modules', {
      ...certificate,
      milestoneId: milestones.secondModules,
      title: 'Modules 5 to 8 passed',
      criterion: 'Four more results, among them databases',
      dueOn: day(-19, 'Fri'),
    }),
    milestone(15, 'plan-capstone', {
      ...certificate,
      milestoneId: milestones.capstone,
      title: 'Capstone handed in',
      criterion: 'A safer discharge letter, accepted by the school',
      dueOn: day(-7, 'Fri'),
    }),
    milestone(20, 'plan-two-days', {
      ...lead,
      milestoneId: milestones.twoDays,
      title: 'Two days beside the informatics team',
      criterion: 'A page on what they need from the wards',
      dueOn: day(-31, 'Fri'),
    }),
    milestone(25, 'plan-handover', {
      ...lead,
      milestoneId: milestones.handover,
      title: 'Handover form tried out on the ward',
      criterion: 'In use for four weeks, on every shift',
      dueOn: day(-16, 'Fri'),
    }),
    milestone(30, 'plan-board', {
      ...lead,
      milestoneId: milestones.board,
      title: 'Results shown to the digital care board',
      criterion: 'Item on the agenda, with numbers',
      dueOn: day(-4, 'Fri'),
    }),
    action(0, 'commit-apply', {
      milestoneId: milestones.enrolled,
      actionId: actions.apply,
      title: 'Apply, with the letter of the ward manager',
      owner: 'client',
      dueOn: day(-37, 'Wed'),
      commitment: 9,
    }),
    action(2, 'commit-study-days', {
      milestoneId: milestones.enrolled,
      actionId: actions.studyDays,
      title: 'Confirm two study days a month in writing',
      owner: 'sponsor',
      dueOn: day(-37, 'Fri'),
    }),
    action(4, 'commit-evenings', {
      milestoneId: milestones.firstModules,
      actionId: actions.evenings,
      title: 'Keep two evenings a week for the course',
      owner: 'client',
      dueOn: day(-35, 'Fri'),
      commitment: 8,
    }),
    action(6, 'commit-practice', {
      milestoneId: milestones.secondModules,
      actionId: actions.practice,
      title: 'Build a practice database of invented beds',
      owner: 'client',
      dueOn: day(-20, 'Fri'),
      commitment: 6,
    }),
    action(8, 'commit-introduce', {
      milestoneId: milestones.twoDays,
      actionId: actions.introduce,
      title: 'Introduce Ines to the head of informatics',
      owner: 'coach',
      dueOn: day(-34, 'Wed'),
    }),
    action(10, 'commit-map', {
      milestoneId: milestones.handover,
      actionId: actions.mapHandover,
      title: 'Draw how handover works today, with three colleagues',
      owner: 'client',
      dueOn: day(-24, 'Fri'),
      commitment: 8,
    }),
    action(12, 'commit-rehearse', {
      milestoneId: milestones.board,
      actionId: actions.rehearse,
      title: 'Rehearse the talk before two colleagues',
      owner: 'client',
      dueOn: day(-5, 'Fri'),
      commitment: 7,
    }),
  ];
}

function whatItTakes({ at }: Calendar): Step[] {
  const { send } = pen;
  const euros = (amount: string) => ({ amount, currency: 'EUR' });
  return [
    send(at(-39, 'Thu', '09:00'), coach, 'POST …/resources', 'identify-fees', {
      resourceId: resources.fees,
      kind: 'funding',
      description: 'Fees of the certificate, paid by the hospital',
      budget: euros('2400.00'),
    }),
    send(at(-39, 'Thu', '09:05'), coach, 'POST …/resources', 'identify-alumni', {
      resourceId: resources.alumni,
      kind: 'network',
      description: 'Nurses who took the certificate before; they meet every month',
    }),
    send(at(-39, 'Thu', '09:10'), coach, 'POST …/resources', 'identify-days', {
      resourceId: resources.days,
      kind: 'time',
      description: 'Two study days a month',
    }),
    send(at(-38, 'Mon', '09:00'), coach, `POST …/resources/${resources.fees}/allocate`, 'fund-enrolment', {
      to: milestones.enrolled,
      amount: euros('600.00'),
    }),
    send(at(-38, 'Mon', '09:05'), coach, `POST …/resources/${resources.fees}/allocate`, 'fund-first-modules', {
      to: milestones.firstModules,
      amount: euros('900.00'),
    }),
    send(at(-38, 'Mon', '09:10'), coach, `POST …/resources/${resources.days}/allocate`, 'give-days', {
      to: milestones.firstModules,
    }),
  ];
}
