import type { EventStore, StoredEvent } from './event-store';

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
   * The event as today's code knows it, whichever version it was stored as.
   * @throws {UnreadableEvent} its type is not in the catalogue, or its version is not one that led here.
   */
  readonly read: (event: StoredEvent) => StoredEvent;
};

/** An event that this code can't understand: most likely one that newer code wrote. */
export class UnreadableEvent extends Error {
  constructor(
    readonly event: Pick<StoredEvent, 'eventId' | 'stream' | 'revision' | 'type' | 'schemaVersion'>,
    why: string,
  ) {
    const { type, schemaVersion, eventId, stream, revision } = event;
    super(`${type} version ${schemaVersion} (event ${eventId}, ${stream} at ${revision}) can't be read: ${why}.`);
    this.name = 'UnreadableEvent';
  }
}

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
      const today = current.get(event.type);
      if (today === undefined) throw new UnreadableEvent(event, 'the type is not known');
      if (event.schemaVersion === today) return event;
      if (event.schemaVersion > today) throw new UnreadableEvent(event, `version ${today} is the newest that is known`);
      let data = event.data;
      for (let version = event.schemaVersion; version < today; version += 1) {
        const step = steps.get(stepKey(event.type, version));
        if (!step) throw new UnreadableEvent(event, 'there was never such a version');
        data = step.upcast(data);
      }
      return { ...event, schemaVersion: today, data };
    },
  };
}

function stepKey(type: string, version: number): string {
  return `${type} version ${version}`;
}

/** The store, with every event it gives in today's version. What is appended goes through as it is. */
export function withUpcasting<Store extends EventStore>(store: Store, codec: Codec): Store {
  return {
    ...store,
    readStream: (stream, options) => each(store.readStream(stream, options), codec.read),
    readAll: (options) => each(store.readAll(options), codec.read),
    subscribe: (options) => each(store.subscribe(options), (batch) => batch.map(codec.read)),
    findInStream: async (stream, eventIds) => (await store.findInStream(stream, eventIds)).map(codec.read),
  };
}

async function* each<From, To>(items: AsyncIterable<From>, change: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield change(item);
}
