import type { BarrierCategory, ReasonCode, ResourceKind } from '../../../engagement/values';

/** What is said and written in a coaching practice, by occasion. */

export const visions = [
  'In three years I lead work that helps people, in a team I like to meet on Mondays.',
  'I want work that fits into a life, not the other way round, and that I can explain to my children.',
  'In five years I am the person others ask in my field, and I teach it.',
  'I work for myself, with clients I chose, four days a week.',
  'I build things that are still used when I have moved on.',
  'I have left the job that made me ill, and have not lost what I am good at.',
] as const;

export const values = [
  'honesty',
  'health',
  'family',
  'learning',
  'independence',
  'craft',
  'fairness',
  'security',
  'humour',
  'loyalty',
] as const;

export const interests = [
  'teaching',
  'numbers',
  'languages',
  'design',
  'organising',
  'writing',
  'technology',
  'the outdoors',
  'music',
] as const;

export const aspirations = [
  'lead a team',
  'work abroad',
  'a four-day week',
  'a degree beside work',
  'found something',
  'be an expert',
  'mentor others',
] as const;

export const checkInSummaries = [
  'Went through the week; two of three actions done, the third is moved to Friday.',
  'Good momentum. Talked about what makes the evenings work and how to keep it.',
  'Slow week. We looked at what got in the way and cut the next step in half.',
  'Rehearsed the conversation with the manager; a first sentence is found.',
  'Looked back at the last month: more reached than it feels like.',
  'The plan holds. Agreed what to show to whom before the next milestone.',
  'Much about work load; we agreed on one thing to leave out until the next check-in.',
  'Celebrated the step that was reached, and named what made it possible.',
] as const;

export const privateNotes = [
  'Energy is low this month; ask about sleep before asking about results.',
  'Talks about the former manager again. A pattern to come back to, not today.',
  'Was prepared to the minute. Slow down next time, leave silence.',
  'The goal may be more the partner’s wish than the client’s own.',
] as const;

export const sharedNotes = [
  'Question to take along: what would you do this week if it were easy?',
  'Three situations in which it went well, in your own words: keep the list.',
  'What we agreed: smaller steps, fixed evenings, a short message on Sunday.',
  'Your strengths as your colleagues named them: calm, exact, fair.',
] as const;

export const barriers: readonly (readonly [BarrierCategory, string, readonly string[]])[] = [
  [
    'external',
    'A reorganisation was announced; nobody decides anything until it is through.',
    ['Ask for a decision by the deputy', 'Go on with what needs no decision'],
  ],
  [
    'external',
    'The course was cancelled by the provider.',
    ['Find another provider', 'Study with the book until spring'],
  ],
  [
    'internal',
    'Puts off whatever could be judged by others.',
    ['Show unfinished work to one person a week', 'Ten minutes a day, no more'],
  ],
  [
    'internal',
    'Does not believe the new role is within reach.',
    ['Write down what was already done of it', 'Talk with somebody who made the same step'],
  ],
  [
    'skill',
    'The mathematics of the course is further away than thought.',
    ['A tutor for six weeks', 'Start with the part that is easy'],
  ],
  [
    'skill',
    'Writing in the foreign language takes three times as long.',
    ['Write short, have it read', 'A course in writing'],
  ],
  ['resource', 'The training budget is spent for this year.', ['Apply for the public grant', 'Share the costs']],
  [
    'resource',
    'No quiet hour in the week since a colleague left.',
    ['Block two mornings', 'Ask for a stand-in until the position is filled'],
  ],
  [
    'relationship',
    'The manager sees the change as disloyal.',
    ['A conversation about the manager’s interest in it', 'Ask the sponsor to open the talk'],
  ],
  [
    'relationship',
    'A conflict with the closest colleague takes all strength.',
    ['Clear it with a third person', 'Sit apart until the talk is held'],
  ],
];

export const barrierOutcomes = [
  'Solved by the agreed strategy',
  'Went away by itself',
  'Still there, but it no longer holds us up',
] as const;

export const setbacks: readonly (readonly [string, string])[] = [
  ['The exam was failed by four points.', 'Practise under time, not only until it is understood.'],
  [
    'The application was turned down after the second talk.',
    'Ask early what decides; the decision fell on a point we had not prepared.',
  ],
  ['The presentation was cut short in the middle.', 'Put the one thing that matters into the first two minutes.'],
  ['Fell back into long evenings for three weeks.', 'The first missed free evening is the sign, not the tenth.'],
  ['The first client withdrew.', 'No work before the signature.'],
];

export const celebrations = [
  'Lunch with the two who helped',
  'A free Friday',
  'Told the whole team in the Monday round',
  'A walk along the river with the coach',
  'The good coffee, and a photograph of the certificate',
] as const;

export const resources: readonly (readonly [ResourceKind, string, number | null])[] = [
  ['funding', 'Training budget of the employer', 1500],
  ['funding', 'Public grant for further education', 900],
  ['funding', 'Exam fees', 450],
  ['network', 'Former colleague who made the same change', null],
  ['network', 'Alumni group that meets every month', null],
  ['skill', 'Experience in running workshops', null],
  ['time', 'Two mornings a week without meetings', null],
  ['tool', 'Licence for the learning platform', null],
];

/** Why a plan was changed, in the words of those who changed it. */
export const adaptationReasons: Readonly<Record<ReasonCode, readonly string[]>> = {
  circumstances: [
    'Illness in the family takes the next weeks',
    'Other hours at work since the first of the month',
    'Moving house takes more time than thought',
  ],
  opportunity: [
    'A position was advertised that fits better than what we planned for',
    'The employer offers a project that teaches the same',
  ],
  barrier: [
    'The obstacle stays longer than thought; the dates follow it',
    'As long as this is in the way, another order makes sense',
  ],
  setback: ['After the setback we take the smaller step first', 'A second attempt needs time to prepare'],
  learning: ['We now know better what the goal needs', 'The first milestones showed what works: more of it'],
  reprioritised: ['One thing at a time: this one comes first now', 'Less at once, so that something gets finished'],
  'sponsor-request': [
    'The employer asked for the date to fit the year’s plan',
    'The sponsor proposed to widen the goal; both agreed',
  ],
  'data-correction': ['A date was written down wrongly', 'A milestone was entered with the wrong month'],
};

export const pauseReasons = [
  'A long assignment abroad',
  'Parental leave',
  'A stay at a clinic',
  'The busiest six weeks of the year',
] as const;
export const earlyEnds = [
  'Found a position elsewhere',
  'The employer ended the programme',
  'Coaching is not the right help at present',
  'Client and coach do not fit',
] as const;
export const completions = [
  'Goals reached as agreed; a talk in half a year is planned.',
  'Most of it reached, and the rest is under way without coaching.',
  'Other than planned, and satisfied with it.',
] as const;
export const missReasons = ['Ill', 'A meeting ran over', 'Forgot the date', 'Child at home'] as const;
export const rescheduleReasons = ['Train was cancelled', 'Night shift moved', 'A deadline came first'] as const;
