import { commandSamples } from '../../../test/support/engagement/command-samples';
import { active, goalSet, ids } from '../../../test/support/engagement/samples';
import { and, eventId, people, refusal, when } from '../../../test/support/engagement/scenario';

const progress = commandSamples.RecordProgress.data;
const score = commandSamples.ScoreAttainment.data;
const two = and(active, goalSet(), goalSet({ goalId: ids.secondGoal }));
const observed = and(two, { type: 'ProgressRecorded', data: progress }, { type: 'GoalAttainmentScored', data: score });
const recorded = eventId(two.events.length);
const scored = eventId(two.events.length + 1);

test('a value and a level are recorded as they were observed', () => {
  expect(when(two, 'RecordProgress', progress)).toEqual([{ type: 'ProgressRecorded', data: progress }]);
  expect(when(two, 'ScoreAttainment', score)).toEqual([{ type: 'GoalAttainmentScored', data: score }]);
});

test('rule 4: nothing is observed in the future', () => {
  const tomorrow = { observedOn: '2026-03-11' };
  const expected = refusal('in-the-future', { rule: 4, path: 'observedOn', detail: /2026-03-10/ });
  expect(when(two, 'RecordProgress', { ...progress, ...tomorrow })).toEqual(expected);
  expect(when(two, 'ScoreAttainment', { ...score, ...tomorrow })).toEqual(expected);
  const today = { observedOn: '2026-03-10' };
  expect(when(two, 'RecordProgress', { ...progress, ...today })).toMatchObject([{ data: today }]);
  expect(when(two, 'ScoreAttainment', { ...score, ...today })).toMatchObject([{ data: today }]);
});

test('a goal is observed by what it has', () => {
  const scaleOnly = and(active, goalSet({ measure: null }));
  expect(when(scaleOnly, 'RecordProgress', progress)).toEqual(refusal('goal-has-no-measure'));
  expect(when(scaleOnly, 'ScoreAttainment', score)).toMatchObject([{}]);
  const measureOnly = and(active, goalSet({ attainmentScale: null }));
  expect(when(measureOnly, 'ScoreAttainment', score)).toEqual(refusal('goal-has-no-scale'));
  expect(when(measureOnly, 'RecordProgress', progress)).toMatchObject([{}]);
});

describe('a correction', () => {
  test('rule 9: is a new event that names the observation', () => {
    const better = { ...progress, value: 4, corrects: recorded };
    expect(when(observed, 'RecordProgress', better)).toEqual([{ type: 'ProgressRecorded', data: better }]);
    const level = { ...score, level: 1, corrects: scored } as const;
    expect(when(observed, 'ScoreAttainment', level)).toEqual([{ type: 'GoalAttainmentScored', data: level }]);
  });

  const expected = refusal('unknown-reference', { path: 'corrects' });

  test.each([ids.unknown, scored, eventId(0)])('of what is no value of the goal: %s', (corrects) => {
    expect(when(observed, 'RecordProgress', { ...progress, corrects })).toEqual(expected);
  });

  test('of what is no level of the goal', () => {
    expect(when(observed, 'ScoreAttainment', { ...score, corrects: recorded })).toEqual(expected);
  });

  test('of another goal', () => {
    const other = { ...progress, goalId: ids.secondGoal, corrects: recorded };
    expect(when(observed, 'RecordProgress', other)).toEqual(expected);
  });

  test('of what the other rater observed: the series stay apart', () => {
    const byClient = { ...progress, rater: 'client', corrects: recorded } as const;
    expect(progress.rater).toBe('coach');
    expect(when(observed, 'RecordProgress', byClient, { by: people.client })).toEqual(expected);
  });
});
