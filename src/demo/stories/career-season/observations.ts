import type { Step } from '../story';
import { type Calendar, client, coach, goals, pen } from './people';

const modules: readonly (readonly [week: number, value: number])[] = [
  [-38, 0],
  [-34, 2],
  [-28, 3],
  [-26, 4],
  [-23, 5],
  [-19, 6],
  [-15, 8],
  [-11, 9],
  [-7, 10],
  [-5, 11],
  [-3, 12],
];

const scanned: readonly (readonly [week: number, value: number])[] = [
  [-11, 78],
  [-7, 84],
  [-5, 86],
  [-1, 90],
];

const levels: readonly (readonly [goal: 'lead' | 'scanning', week: number, client: number, coach: number])[] = [
  ['lead', -38, -1, -2],
  ['lead', -26, -1, -1],
  ['lead', -13, 0, -1],
  ['scanning', -11, -1, -1],
  ['lead', -3, 1, 0],
  ['scanning', -1, 0, -1],
];

/** What client and coach observed in the check-ins: values by the client, levels of the scales by both, apart. */
export function observations({ at, day }: Calendar): Step[] {
  const progress = (goal: 'certificate' | 'scanning', week: number, value: number): Step =>
    pen.send(at(week, 'Wed', '16:40'), client, `POST …/goals/${goals[goal]}/progress`, `${goal}-progress${week}`, {
      value,
      observedOn: day(week, 'Wed'),
      rater: 'client',
    });
  const score = (goal: 'lead' | 'scanning', week: number, level: number, by: typeof client): Step =>
    pen.send(
      at(week, 'Wed', '16:45'),
      by,
      `POST …/goals/${goals[goal]}/attainment`,
      `${goal}-${by.role}-scores${week}`,
      {
        level,
        observedOn: day(week, 'Wed'),
        rater: by.role,
      },
    );
  return [
    ...modules.map(([week, value]) => progress('certificate', week, value)),
    ...scanned.map(([week, value]) => progress('scanning', week, value)),
    ...levels.flatMap(([goal, week, byClient, byCoach]) => [
      score(goal, week, byClient, client),
      score(goal, week, byCoach, coach),
    ]),
  ];
}
