import type { AttainmentScale, Measure } from '../../../engagement/values';

/** A goal that people bring to coaching, with the way there. Invented, as everything in the firm is. */
export type Aim = {
  readonly specific: string;
  readonly relevance: string;
  readonly measure: Measure | null;
  readonly scale: AttainmentScale | null;
  /** In the order in which they are usually reached. */
  readonly steps: readonly Step[];
};

type Step = { readonly title: string; readonly criterion: string; readonly actions: readonly string[] };

const rising = (metric: string, unit: string, baseline: number, target: number): Measure => ({
  metric,
  unit,
  baseline,
  target,
  direction: target > baseline ? 'increase' : 'decrease',
});

const scale = (worst: string, worse: string, expected: string, better: string, best: string): AttainmentScale => [
  { level: -2, description: worst },
  { level: -1, description: worse },
  { level: 0, description: expected },
  { level: 1, description: better },
  { level: 2, description: best },
];

const step = (title: string, criterion: string, ...actions: readonly string[]): Step => ({ title, criterion, actions });

export const aims: readonly Aim[] = [
  {
    specific: 'Move from individual contributor to leading a team of four or more',
    relevance: 'Growing others is the part of the vision that matters most',
    measure: null,
    scale: scale(
      'Not considered for any lead role',
      'Stands in for the lead on single days',
      'Leads a small team on trial',
      'Appointed as lead of a team',
      'Leads the team and has named a successor for the old work',
    ),
    steps: [
      step('Role of a lead understood', 'Talked with three leads about their week', 'Ask three leads for half an hour'),
      step(
        'Standing in for the lead',
        'Two weeks without calling the lead back',
        'Write the handover list',
        'Run the weekly round',
      ),
      step('First conversations about performance', 'Three held and written up', 'Prepare each with the coach'),
      step(
        'Applied for a lead position',
        'Application is in',
        'Ask the manager for a reference',
        'Rewrite the application letter',
      ),
    ],
  },
  {
    specific: 'Pass the project management certificate',
    relevance: 'Opens the door to the larger projects',
    measure: rising('practice exams passed', 'exams', 0, 8),
    scale: null,
    steps: [
      step(
        'Course chosen and paid',
        'Confirmation of enrolment',
        'Compare two providers',
        'Ask for the training budget',
      ),
      step('First half of the material', 'Practice exams 1 to 4 passed', 'Study on two evenings a week'),
      step('Second half of the material', 'Practice exams 5 to 8 passed', 'Join a study group'),
      step('Exam taken', 'Certificate received', 'Book the date of the exam'),
    ],
  },
  {
    specific: 'Build a professional network in the new field',
    relevance: 'Without people one knows, the change of field stays a plan',
    measure: rising('conversations with people in the field', 'conversations', 2, 20),
    scale: null,
    steps: [
      step('List of whom to meet', 'Twenty names with a reason each', 'Go through former colleagues'),
      step('First five conversations', 'Five short notes', 'Write five invitations', 'Thank each within two days'),
      step('Spoke at a meetup', 'Talk given', 'Offer a short talk to the organisers', 'Rehearse it twice'),
    ],
  },
  {
    specific: 'Return to work after parental leave at the level of before',
    relevance: 'Family and profession both have their place in the vision',
    measure: rising('hours a week in the old role', 'hours', 0, 30),
    scale: null,
    steps: [
      step('Care arranged', 'Places confirmed for all days', 'Visit two nurseries', 'Agree days with the partner'),
      step('Talk with the manager held', 'Hours and tasks agreed in writing', 'Draft the proposal'),
      step(
        'First month back',
        'Thirty working days without falling back to fewer hours',
        'Plan one evening off a week',
      ),
    ],
  },
  {
    specific: 'Speak in front of the management board with ease',
    relevance: 'Good ideas are of use only when they are heard',
    measure: null,
    scale: scale(
      'Avoids every presentation',
      'Presents with a script and is upset for days',
      'Presents ten minutes and answers questions',
      'Presents freely and enjoys parts of it',
      'Is asked to present on behalf of others',
    ),
    steps: [
      step('Presented to the own team', 'Ten minutes, feedback from two', 'Pick a subject one knows well'),
      step(
        'Presented to another department',
        'Questions answered',
        'Record a rehearsal',
        'Ask for one thing to improve',
      ),
      step('Presented to the board', 'Item on the agenda done', 'Clear the slides with the manager'),
    ],
  },
  {
    specific: 'Change from sales to product management',
    relevance: 'Shaping what is sold, instead of selling what is there',
    measure: null,
    scale: scale(
      'No contact with product work',
      'Reads along in one product group',
      'Carries a small product task beside sales',
      'Works half of the time in product',
      'Hired as product manager',
    ),
    steps: [
      step('A week beside a product manager', 'Five days of notes', 'Ask for a host', 'Agree it with the sales lead'),
      step(
        'Customer interviews evaluated',
        'Findings presented',
        'Plan eight interviews',
        'Write one page of findings',
      ),
      step('Product course finished', 'Final task accepted', 'Book the course'),
      step('Internal application', 'Interview held', 'Collect three work samples'),
    ],
  },
  {
    specific: 'Bring weekly hours down to what is healthy',
    relevance: 'Health stands first among the values',
    measure: rising('hours worked a week', 'hours', 56, 42),
    scale: null,
    steps: [
      step('Four weeks of time recorded', 'Complete record', 'Set up the record', 'Fill it in every evening'),
      step('Three tasks handed over', 'Taken on by name', 'Choose the tasks', 'Talk with those who take them'),
      step('Evenings free on four days', 'Four weeks in a row', 'Tell the team when one is away'),
    ],
  },
  {
    specific: 'Found a small consultancy and win the first three clients',
    relevance: 'Independence has been the aspiration for ten years',
    measure: rising('paying clients', 'clients', 0, 3),
    scale: scale(
      'Idea only',
      'Offer written, no client',
      'Three clients, side income',
      'Three clients, half of the income',
      'Income replaces the job',
    ),
    steps: [
      step(
        'Offer described on one page',
        'Read by three possible clients',
        'Write the page',
        'Ask three people to read it',
      ),
      step('Business registered', 'Tax number received', 'Talk with an adviser', 'Open an account'),
      step('First paying client', 'Invoice paid', 'Write to ten former contacts', 'Make a price list'),
      step('Three paying clients', 'Three invoices paid', 'Ask the first client for a reference'),
    ],
  },
  {
    specific: 'Learn data analysis well enough to work with it daily',
    relevance: 'Evidence instead of opinion is what the client stands for',
    measure: rising('analyses delivered', 'analyses', 0, 6),
    scale: null,
    steps: [
      step('Course on the basics', 'All exercises handed in', 'Reserve Friday mornings'),
      step('First analysis delivered', 'Used in a decision', 'Agree a question with the manager', 'Clean the data'),
      step('Monthly report automated', 'Runs without help', 'Draw the steps', 'Ask a colleague for a review'),
    ],
  },
  {
    specific: 'Find a position within an hour of home',
    relevance: 'Time with the family instead of on the road',
    measure: rising('applications answered with an interview', 'interviews', 0, 5),
    scale: null,
    steps: [
      step('Profile and papers renewed', 'Read by the coach', 'Collect certificates', 'Rewrite the profile'),
      step('Ten applications sent', 'List with dates', 'Choose twenty employers', 'Two applications a week'),
      step('Offer in hand', 'Written offer', 'Prepare the talk about salary'),
    ],
  },
  {
    specific: 'Handle conflict in the team early and openly',
    relevance: 'Honesty is the value that suffered most in the last year',
    measure: null,
    scale: scale(
      'Looks away until others step in',
      'Speaks about it with a third person',
      'Speaks with those concerned within a week',
      'Speaks at once and stays calm',
      'Is asked by others to mediate',
    ),
    steps: [
      step('Pattern understood', 'Three situations written down', 'Keep a short diary for three weeks'),
      step('First open conversation', 'Held, reflected with the coach', 'Prepare the first sentence'),
      step(
        'Agreement of the team on conflict',
        'On one page, signed by all',
        'Invite to an hour about it',
        'Write the draft',
      ),
    ],
  },
  {
    specific: 'Work abroad for a year',
    relevance: 'Curiosity, and the wish to see the work from elsewhere',
    measure: rising('language level on a scale of six', 'levels', 2, 4),
    scale: null,
    steps: [
      step('Country and office chosen', 'Decision written down', 'Talk with three who have been there'),
      step('Language course', 'Test passed', 'Two lessons a week', 'One film a week without subtitles'),
      step('Secondment agreed', 'Signed by both offices', 'Ask for a host', 'Clear tax and insurance'),
    ],
  },
];
