import type { OpaqueEvent } from '../event-store/event-store';
import type { Logger } from '../platform/logging';
import type { Metrics } from '../platform/metrics';

/**
 * What is told of each event that a reader for other systems passes over because this code can't read it: counted each
 * time, logged once for a while.
 */
export function createOnUnreadable(logger: Logger, metrics: Metrics, reader: 'feed' | 'webhooks') {
  let passedOver = 0;
  let newest: string | undefined;
  metrics.total(
    `cairn_${reader}_unreadable_total`,
    'How often an event of the log was passed over because this release can not read it',
    () => passedOver,
  );
  return ({ eventId, type, stream, problem }: OpaqueEvent): void => {
    passedOver += 1;
    if (newest !== eventId) logger.warn({ eventId, type, stream, problem }, `an event was passed over (${reader})`);
    newest = eventId;
  };
}
