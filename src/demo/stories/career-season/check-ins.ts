import type { Step } from '../story';
import { type Calendar, checkInId, coach, pen } from './people';

/** Held with confidence and summary, or missed by the client with her reason. */
type Talk =
  | { readonly week: number; readonly confidence: number; readonly summary: string }
  | { readonly week: number; readonly missed: string };

const talks: readonly Talk[] = [
  {
    week: -38,
    confidence: 7,
    summary: 'Where she stands with both goals, and what would make the evenings work. Plan ready to be agreed.',
  },
  { week: -36, confidence: 8, summary: 'Enrolled two days early. First module looks familiar from the ward.' },
  { week: -34, confidence: 7, summary: 'Two modules passed. Nervous about statistics.' },
  { week: -32, missed: 'Called in for a night shift' },
  {
    week: -30,
    confidence: 4,
    summary: 'After the failed exam: what she tells herself, and what she would tell a colleague.',
  },
  { week: -28, confidence: 6, summary: 'Statistics passed at the second try, with the study group.' },
  { week: -26, confidence: 7, summary: 'Modules 1 to 4 done. The drawing of the handover surprised everybody.' },
  {
    week: -23,
    confidence: 3,
    summary: 'Nights doubled, no study days until the posts are filled. We moved the dates instead of the goal.',
  },
  { week: -21, confidence: 5, summary: 'The self-paced track fits the roster. One module at a time.' },
  {
    week: -19,
    confidence: 6,
    summary: 'Module 6 passed after a night shift. The form is printed for its first trial.',
  },
  { week: -17, confidence: 6, summary: 'Handover form: what the late shift changed in it, and why that is a success.' },
  { week: -15, confidence: 7, summary: 'Posts are filled, study days are back. Two modules in three weeks.' },
  {
    week: -13,
    confidence: 8,
    summary: 'A post is coming up in informatics. What it would mean, and what she would leave.',
  },
  {
    week: -11,
    confidence: 8,
    summary: 'Five drug rounds watched. The scanner fails where the trolley does not fit through the door.',
  },
  { week: -9, confidence: 7, summary: 'Capstone takes shape; too much at once? Left out the newsletter.' },
  { week: -7, confidence: 7, summary: 'First numbers of scanning. How to show them without blaming a shift.' },
  { week: -5, confidence: 8, summary: 'Capstone accepted as a draft. The board moved its meeting.' },
  { week: -3, confidence: 9, summary: 'Last module passed. Looked back at the night of the failed exam.' },
  {
    week: -1,
    confidence: 8,
    summary: 'The certificate is on the wall. Next: the application, before the old doubts come back.',
  },
];

/** Every second Wednesday; the next one is arranged at the end of each. */
export function checkIns(calendar: Calendar): Step[] {
  const { at } = calendar;
  const first = schedule(calendar, at(-39, 'Thu', '17:10'), talks[0]?.week ?? 0);
  const weekAfterNext = 1;
  return [
    first,
    ...talks.flatMap((talk, index) => [
      report(calendar, talk),
      schedule(calendar, at(talk.week, 'Wed', '17:05'), talks[index + 1]?.week ?? weekAfterNext),
    ]),
  ];
}

function schedule({ at }: Calendar, when: string, week: number): Step {
  return pen.send(when, coach, 'POST …/check-ins', `schedule-check-in${week}`, {
    checkInId: checkInId(week),
    scheduledFor: at(week, 'Wed', '16:00'),
  });
}

function report({ at }: Calendar, talk: Talk): Step {
  const path = `POST …/check-ins/${checkInId(talk.week)}`;
  const { week } = talk;
  if ('missed' in talk) {
    return pen.send(at(week, 'Wed', '17:00'), coach, `${path}/miss`, checkInKey(week), {
      by: 'client',
      reason: talk.missed,
    });
  }
  const { summary, confidence } = talk;
  return pen.send(at(week, 'Wed', '17:00'), coach, `${path}/hold`, checkInKey(week), {
    heldAt: at(week, 'Wed', '16:00'),
    summary,
    confidence,
  });
}

/** The step that says what came of the check-in of that week. */
export const checkInKey = (week: number): string => `check-in${week}`;
