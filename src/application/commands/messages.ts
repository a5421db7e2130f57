import type { Caller } from '../../access/caller';
import type { Id, Instant } from '../../engagement/values';

/** A command on its way: what is to be done, who asks, and the identity under which it is done at most once. */
export type Envelope<Data> = {
  readonly caller: Caller;
  /** The engagement or the participant that the command is about; for a new one, the id it gets. */
  readonly subjectId: Id;
  readonly data: Data;
  /** When it happened; null: now. */
  readonly occurredAt: Instant | null;
  readonly onBehalfOf: Id | null;
  /** The revision at which alone the command is to be carried out; null: at any. */
  readonly ifMatch: bigint | null;
  readonly commandId: Id;
  /** Whether the command may have been carried out before under this id (the caller repeats it by its key). */
  readonly mayBeRepeated: boolean;
  readonly correlationId: Id;
  readonly causationId: Id | null;
};

export type CommandResult = {
  readonly subjectId: Id;
  /** Of the stream after the command's last event. */
  readonly revision: number;
  /** Opaque, of the command's last event. */
  readonly position: string;
  readonly eventIds: readonly Id[];
  /** What the command made, by the name its answer gives it: `{ goalId }`, `{ planRevision }`, or nothing. */
  readonly made: Readonly<Record<string, Id | number>>;
};

/** What the CommandBus carries: one class a kind of command, all alike but for their name. */
export abstract class CommandMessage<Kind extends string, Data> {
  abstract readonly kind: Kind;
  constructor(readonly envelope: Envelope<Data>) {}
}

type CommandClass<Kind extends string, Data> = new (envelope: Envelope<Data>) => CommandMessage<Kind, Data>;

export type CommandClasses<Commands> = {
  readonly [Kind in keyof Commands & string]: CommandClass<Kind, Commands[Kind]>;
};

/** Makes the class of each kind, named after it. */
export function commandClasses<Commands>(kinds: readonly (keyof Commands & string)[]): CommandClasses<Commands> {
  const classOf = <Kind extends keyof Commands & string>(kind: Kind): CommandClass<Kind, Commands[Kind]> => {
    const named = {
      [kind]: class extends CommandMessage<Kind, Commands[Kind]> {
        readonly kind = kind;
      },
    };
    return named[kind] as CommandClass<Kind, Commands[Kind]>;
  };
  // Each entry pairs a kind with its own class, which the type of `fromEntries` can't say.
  return Object.fromEntries(kinds.map((kind) => [kind, classOf(kind)])) as unknown as CommandClasses<Commands>;
}
