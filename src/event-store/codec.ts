import {
  isOpaque,
  UnreadableEvent,
  type EventStore,
  type LogEvent,
  type OpaqueEvent,
  type StoredEvent,
} from './event-store';

/** The event types there are, with the schema version that each has today; versions count from 1. */
export type Catalogue = Readonly<Record<string, { readonly schemaVersion: number }>>;

/** Turns the data of one schema version of an event type into that of the next. Pure; never changes what it is given. */
export type Upcaster = {
  readonly type: string;
  readonly from: number;
  readonly upcast: (data: object) => object;
};

export type Codec = {
  /**
   * The event as today's code knows it, whichever version it was stored as; opaque when its type is not in the
   * catalogue, or its version is not one that led here.
   */
  readonly read: (event: LogEvent) => LogEvent;
};

/**
 * A codec in which every version of every type leads to today's, one step at a time.
 * @throws {Error} a step is missing, doubled or leads nowhere.
 */
export function createCodec(catalogue: Catalogue, upcasters: readonly Upcaster[]): Codec {
  const current = new Map(Object.entries(catalogue).map(([type, { schemaVersion }]) => [type, schemaVersion]));
  const steps = new Map<string, Upcaster>();
  for (const step of upcasters) {
    const key = stepKey(step.type, step.from);
    const today = current.get(step.type) ?? 0;
    if (steps.has(key)) throw new Error(`There are two upcasters for ${key}`);
    if (step.from < 1 || step.from >= today) throw new Error(`The upcaster for ${key} leads nowhere`);
    steps.set(key, step);
  }
  for (const [type, today] of current) {
    for (let version = 1; version < today; version += 1) {
      if (!steps.has(stepKey(type, version))) throw new Error(`There is no upcaster for ${stepKey(type, version)}`);
    }
  }

  return {
    read: (event) => {
      if (isOpaque(event)) return event;
      const today = current.get(event.type);
      if (today === undefined) return opaque(event, 'The type is not known.');
      if (event.schemaVersion === today) return event;
      if (event.schemaVersion > today) {
        return opaque(event, `It has version ${event.schemaVersion}, and ${today} is the newest that is known.`);
      }
      let data = event.data;
      for (let version = event.schemaVersion; version < today; version += 1) {
        const step = steps.get(stepKey(event.type, version));
        if (!step) return opaque(event, `It has version ${event.schemaVersion}, and there was never such a version.`);
        data = step.upcast(data);
      }
      return { ...event, schemaVersion: today, data };
    },
  };
}

function opaque(event: StoredEvent, problem: string): OpaqueEvent {
  const { stream, revision, position, eventId, type } = event;
  return { stream, revision, position, eventId, type, recordedAt: event.metadata.recordedAt, problem };
}

function stepKey(type: string, version: number): string {
  return `${type} version ${version}`;
}

/** The store, with every event it gives in today's version. What is appended goes through as it is. */
export function withUpcasting<Store extends EventStore>(store: Store, codec: Codec): Store {
  const readable = (event: StoredEvent): StoredEvent => {
    const read = codec.read(event);
    if (isOpaque(read)) throw new UnreadableEvent(read);
    return read;
  };
  return {
    ...store,
    readStream: (stream, options) => each(store.readStream(stream, options), readable),
    readAll: (options) => each(store.readAll(options), codec.read),
    subscribe: (options) =>
      each(store.subscribe(options), ({ events, upTo }) => ({ events: events.map(codec.read), upTo })),
    findInStream: async (stream, eventIds) => (await store.findInStream(stream, eventIds)).map(readable),
  };
}

async function* each<From, To>(items: AsyncIterable<From>, change: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield change(item);
}
