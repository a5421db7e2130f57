import { type Step } from '../story';
import { actions, type Calendar, client, coach, goals, milestones, pen, resources, setbackId, sponsor } from './people';

type Actions = keyof typeof actions;
type Milestones = keyof typeof milestones;

/** What was done and reached, the setback with its lesson, and the notes. */
export function course(calendar: Calendar): Step[] {
  return [...done(calendar), ...reached(calendar), ...setback(calendar), ...notes(calendar)];
}

function done({ at, day }: Calendar): Step[] {
  const complete = (action: Actions, week: number, weekday: Parameters<Calendar['day']>[1], by = client): Step =>
    pen.send(at(week, weekday, '19:10'), by, `POST …/actions/${actions[action]}/complete`, `complete-${action}`, {
      completedOn: day(week, weekday),
      ...(action === 'studyDays' ? { onBehalfOf: sponsor.id } : {}),
    });
  return [
    complete('apply', -37, 'Tue'),
    complete('studyDays', -36, 'Mon', coach),
    complete('evenings', -35, 'Wed'),
    complete('introduce', -34, 'Tue', coach),
    complete('mapHandover', -25, 'Thu'),
    complete('practice', -16, 'Thu'),
    complete('selfPaced', -15, 'Mon'),
    complete('rounds', -9, 'Thu'),
    complete('reference', -4, 'Mon'),
  ];
}

function reached({ at, day }: Calendar): Step[] {
  const reach = (
    milestone: Milestones,
    week: number,
    weekday: Parameters<Calendar['day']>[1],
    evidence: string,
  ): Step =>
    pen.send(
      at(week, weekday, '19:30'),
      client,
      `POST …/milestones/${milestones[milestone]}/reach`,
      `reach-${milestone}`,
      {
        reachedOn: day(week, weekday),
        evidence,
      },
    );
  return [
    reach('enrolled', -36, 'Wed', 'Confirmation of the school of 9 o’clock'),
    reach('twoDays', -31, 'Thu', 'One page, read by the head of informatics'),
    reach('firstModules', -27, 'Wed', 'Portal shows 1, 2, 3 and 4 as passed'),
    reach('secondModules', -15, 'Tue', 'Portal shows 5 to 8 as passed'),
    reach('handover', -13, 'Wed', 'In use on all shifts since four weeks'),
    reach('causes', -8, 'Wed', 'List of eleven causes, three make up most of it'),
    reach('capstone', -4, 'Thu', 'Accepted by the school with distinction'),
    pen.send(at(-2, 'Tue', '18:30'), client, `POST …/goals/${goals.certificate}/achieve`, 'achieve-certificate', {
      achievedOn: day(-2, 'Tue'),
      reflection: 'I thought I was too old for exams. I was only too tired.',
    }),
    pen.send(at(-2, 'Fri', '16:00'), coach, 'POST …/celebrations', 'celebrate', {
      about: goals.certificate,
      how: 'Cake at the nurses’ station, and the certificate on the wall of the break room',
    }),
  ];
}

function setback({ at }: Calendar): Step[] {
  return [
    pen.send(at(-30, 'Mon', '20:15'), client, 'POST …/setbacks', 'setback', {
      setbackId,
      description: 'Failed the exam of module 3, statistics, after a night shift.',
      lesson: 'Learn it with others before the exam; never sit one on the day after a night.',
    }),
    pen.send(at(-30, 'Thu', '09:00'), coach, `POST …/resources/${resources.alumni}/allocate`, 'study-group', {
      to: milestones.firstModules,
    }),
  ];
}

function notes({ at }: Calendar): Step[] {
  const note = (when: string, key: string, visibility: 'coach-private' | 'shared', text: string): Step =>
    pen.send(when, coach, 'POST …/notes', key, { visibility, text });
  return [
    note(
      at(-38, 'Wed', '17:20'),
      'note-start',
      'shared',
      'What carries you: calm in a hurry, and that you ask one question more.',
    ),
    note(
      at(-30, 'Wed', '17:20'),
      'note-setback',
      'coach-private',
      'Compares herself with colleagues of 25. Ask for what she has that they do not.',
    ),
    note(
      at(-23, 'Wed', '17:20'),
      'note-nights',
      'coach-private',
      'Exhausted. If it is like this in two weeks, raise a pause.',
    ),
    note(
      at(-2, 'Fri', '16:30'),
      'note-certificate',
      'shared',
      'Four things that made the certificate possible, in your own words. Keep them for the application.',
    ),
  ];
}
