import { describeDifference, type Difference } from './difference';

const difference: Difference = {
  kind: 'value',
  stream: 'engagement-firm_e1',
  projection: 'progress',
  table: 'read_model.goals',
  key: { tenant_id: 'firm', engagement_id: 'e1', goal_id: 'g1' },
  column: 'due_on',
  expected: '2026-06-30',
  actual: '2026-05-31',
  event: { eventId: 'v7', type: 'GoalSet', position: '5.7', revision: 6 },
};

describe('a difference as a sentence', () => {
  it('names row, column, both values and the event', () => {
    expect(describeDifference(difference)).toBe(
      'progress: the row of read_model.goals with tenant_id firm, engagement_id e1, goal_id g1 has due_on "2026-05-31", ' +
        'and by the log it is "2026-06-30". The last event to change the row was GoalSet (event v7, engagement-firm_e1 at 6).',
    );
  });

  it('leaves out the values where they do not belong', () => {
    const sentence = describeDifference({ ...difference, expected: 'Get well', actual: 'Be well' }, 'no values');
    expect(sentence).toContain('has a wrong due_on.');
    expect(sentence).not.toMatch(/well/);
  });

  it('shows of long values where they part', () => {
    const text = 'word '.repeat(200);
    const sentence = describeDifference({ ...difference, expected: `${text}here`, actual: `${text}there, and more` });
    expect(sentence).toContain('there, and more"');
    expect(sentence.length).toBeLessThan(500);
    const early = describeDifference({ ...difference, expected: `here ${text}`, actual: text });
    expect(early).toMatch(/is "here word .*…\. The last/);
  });

  it('says that a row is missing, or one too many, and what is known of its origin', () => {
    const whole = { column: null, expected: null, actual: null };
    expect(describeDifference({ ...difference, ...whole, kind: 'missing row' })).toMatch(
      /g1 is missing\. By the log, GoalSet \(event v7, .*\) was the last to change it\.$/,
    );
    expect(describeDifference({ ...difference, ...whole, kind: 'extra row' })).toMatch(
      /g1 is one too many\. It says that it comes from GoalSet/,
    );
    expect(describeDifference({ ...difference, ...whole, kind: 'extra row', event: null })).toMatch(
      /g1 is one too many\. No event of engagement-firm_e1 is the one that it says it comes from\.$/,
    );
  });

  it('says that what holds an unreadable event can not be verified', () => {
    expect(describeDifference({ ...difference, kind: 'unreadable event', key: {}, column: null })).toBe(
      "progress: the rows of engagement-firm_e1 can't be verified, since GoalSet (event v7, engagement-firm_e1 at 6) can't be read.",
    );
  });
});
