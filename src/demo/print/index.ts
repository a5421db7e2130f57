import type { IsoDate } from '../../engagement/values';
import type { Api, Reader } from '../api';
import { idOf } from '../stories/story';
import { walkTheDog } from '../stories/walk-the-dog';
import { printAnalytics } from './analytics';
import { printDifference } from './difference';
import { printDisclosures } from './disclosures';
import { printEvolution } from './evolution';
import { printHealth } from './health';
import { printKnownThen } from './known-then';
import { printProgress, printPublishedCase } from './progress';

/** Everything the demo has to show, asked over HTTP. */
export async function printAnswers(api: Api, today: IsoDate): Promise<void> {
  const manager: Reader = { id: idOf('firm', 'practice manager'), role: 'admin' };
  await printEvolution(api);
  await printDifference(api);
  await printKnownThen(api, today);
  await printProgress(api);
  await printPublishedCase(api, walkTheDog());
  await printHealth(api, manager);
  await printAnalytics(api, manager);
  await printDisclosures(api);
}
