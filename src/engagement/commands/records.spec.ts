import { commandSamples } from '../../../test/support/engagement/command-samples';
import { ids, planned } from '../../../test/support/engagement/samples';
import { refusal, when } from '../../../test/support/engagement/scenario';

test('a celebration is about something that is there', () => {
  const { data } = commandSamples.CelebrateAchievement;
  expect(when(planned, 'CelebrateAchievement', data)).toEqual([{ type: 'AchievementCelebrated', data }]);
  expect(when(planned, 'CelebrateAchievement', { ...data, about: ids.unknown })).toEqual(
    refusal('unknown-reference', { path: 'about', detail: /goal, milestone, action, resource, barrier or check-in/ }),
  );
});

test('a setback comes with its lesson where there is one', () => {
  const { setbackId, description, lesson } = commandSamples.RecordSetback.data;
  const recorded = { type: 'SetbackRecorded', data: { setbackId, description } };
  expect(when(planned, 'RecordSetback', { setbackId, description, lesson })).toEqual([
    recorded,
    { type: 'LessonLearned', data: { setbackId, lesson } },
  ]);
  expect(when(planned, 'RecordSetback', { setbackId, description, lesson: null })).toEqual([recorded]);
});

describe('a note', () => {
  const { data } = commandSamples.RecordNote;

  test('keeps the digest of its text', () => {
    // printf abc | sha256sum
    const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(when(planned, 'RecordNote', { ...data, text: 'abc' })).toEqual([
      { type: 'NoteRecorded', data: { ...data, text: 'abc', digest } },
    ]);
  });

  test('is about something that is there, or nothing', () => {
    expect(when(planned, 'RecordNote', { ...data, about: ids.checkIn })).toMatchObject([{}]);
    expect(when(planned, 'RecordNote', { ...data, about: ids.note })).toEqual(
      refusal('unknown-reference', { path: 'about' }),
    );
  });
});
