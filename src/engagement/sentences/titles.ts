import type { Engagement } from '../engagement';
import type { Titles } from './words';

/** What the things of an engagement are called as it stands. Barriers have no title: their text is personal. */
export function titlesOf(engagement: Pick<Engagement, 'goals' | 'milestones' | 'actions' | 'resources'>): Titles {
  const { goals, milestones, actions, resources } = engagement;
  return (id) =>
    goals[id]?.specific ?? milestones[id]?.title ?? actions[id]?.title ?? resources[id]?.description ?? undefined;
}
