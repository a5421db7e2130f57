import type { Engagement } from '../../../src/engagement/engagement';
import type { EngagementEvent } from '../../../src/engagement/events';
import type { Random } from '../random';
import { goalEvents } from './goal-events';
import type { Scene } from './making';
import { planEvents } from './plan-events';

const makers = [...goalEvents, ...planEvents];

/** An event that is possible in the state. */
export function nextEvent(state: Engagement, random: Random, scene: Scene): EngagementEvent {
  for (;;) {
    const event = random.pick(makers)(state, random, scene);
    if (event) return event;
  }
}
