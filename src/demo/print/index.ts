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
import { printOutbox } from './outbox';
import { printProgress, printPublishedCase } from './progress';

/** Everything the demo has to show, asked over HTTP. `signal` ends it between two sections. */
export async function printAnswers(api: Api, dataDir: string, today: IsoDate, signal: AbortSignal): Promise<void> {
  const manager: Reader = { id: idOf('firm', 'practice manager'), role: 'admin' };
  const sections = [
    () => printEvolution(api),
    () => printDifference(api),
    () => printKnownThen(api, today),
    () => printProgress(api),
    () => printPublishedCase(api, walkTheDog()),
    () => printOutbox(api, dataDir, today),
    () => printHealth(api, manager),
    () => printAnalytics(api, manager),
    () => printDisclosures(api),
  ];
  for (const section of sections) {
    signal.throwIfAborted();
    await section();
  }
}
