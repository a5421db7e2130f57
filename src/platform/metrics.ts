import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured about the program, in Prometheus' terms. */
export type Metrics = {
  /** An answer went out. `route` is a pattern such as `/v1/engagements/:engagementId`, never a path with ids. */
  readonly answered: (method: string, route: string, status: number, milliseconds: number) => void;
  /** A value that is asked for whenever the metrics are read. A failure leaves out the value. */
  readonly gauge: (name: string, help: string, value: () => number | Promise<number>) => void;
  /** Values of one kind, each for a value of the label, asked for together. A failure leaves out all of them. */
  readonly gauges: (
    name: string,
    help: string,
    label: string,
    values: () => Promise<Readonly<Record<string, number>>>,
  ) => void;
  /** A count that only rises, asked for whenever the metrics are read. */
  readonly total: (name: string, help: string, value: () => number) => void;
  /** Everything measured so far, as Prometheus reads it, with the content type of that text. */
  readonly read: () => Promise<{ readonly contentType: string; readonly text: string }>;
};

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** @param ofProcess whether memory, processor and event loop of the process are measured too */
export function createMetrics(ofProcess: boolean): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  return {
    answered: (method, route, status, milliseconds) => {
      duration.observe({ method, route, status }, milliseconds / 1_000);
    },
    gauge: (name, help, value) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          try {
            this.set(await value());
          } catch {
            this.remove();
          }
        },
      });
    },
    gauges: (name, help, label, values) => {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        async collect() {
          this.reset();
          const found = await values().catch(() => ({}));
          for (const [of, value] of Object.entries(found)) this.set({ [label]: of }, value);
        },
      });
    },
    total: (name, help, value) => {
      new Counter({
        name,
        help,
        registers: [registry],
        collect() {
          this.reset();
          this.inc(value());
        },
      });
    },
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
