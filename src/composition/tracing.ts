import { version } from '../../package.json';
import type { Lifecycle } from '../platform/lifecycle';
import type { Logger } from '../platform/logging';
import type { Settings } from '../platform/settings';
import { startTelemetry } from '../platform/telemetry';
import { noTracing, type Tracing } from '../platform/tracing';

/** Traces to where the settings say; what was not sent yet is sent when the life cycle stops. */
export async function openTracing(settings: Settings, logger: Logger, lifecycle: Lifecycle): Promise<Tracing> {
  if (!settings.tracing) return noTracing;
  const { tracing, stop } = await startTelemetry(settings.tracing, { version, role: settings.role, logger });
  lifecycle.onStop('the traces', stop);
  return tracing;
}
