import type { CommandRule } from '../decision';
import type { EngagementEvent } from '../events';
import type { Id } from '../values';

/** Records what went wrong, and what was learned from it where something was. */
export type RecordSetback = {
  readonly setbackId: Id;
  readonly description: string;
  readonly lesson: string | null;
};

export const recordSetback: CommandRule<RecordSetback> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  makes: 'setbackId',
  decide: (_state, { setbackId, description, lesson }) => {
    const recorded: EngagementEvent = { type: 'SetbackRecorded', data: { setbackId, description } };
    return lesson === null ? [recorded] : [recorded, { type: 'LessonLearned', data: { setbackId, lesson } }];
  },
};
