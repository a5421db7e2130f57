import type { FactoryProvider } from '@nestjs/common';
import { CommandHandler, type ICommand, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandMessage, CommandResult, Envelope } from './messages';

type Message = CommandMessage<string, object>;
type MessageClass = new (envelope: Envelope<never>) => Message;

/** Carries out the commands of some kinds. */
export type Handle<Kind extends string> = (kind: Kind, envelope: Envelope<object>) => Promise<CommandResult>;

/**
 * A CQRS handler for every class, all of them the same mechanism: `handle` of what `token` provides. The bus wants a
 * handler class for each command class, so each gets one, named after it.
 */
export function commandHandlersFor(classes: Readonly<Record<string, MessageClass>>, token: symbol): FactoryProvider[] {
  return Object.entries(classes).map(([kind, messageClass]) => {
    const name = `${kind}Handler`;
    const named = {
      [name]: class implements ICommandHandler<Message & ICommand, CommandResult> {
        constructor(private readonly handle: Handle<string>) {}

        execute({ envelope }: Message): Promise<CommandResult> {
          return this.handle(kind, envelope);
        }
      },
    };
    const Handler = named[name] as new (handle: Handle<string>) => object;
    CommandHandler(messageClass)(Handler);
    return { provide: Handler, useFactory: (handle: Handle<string>) => new Handler(handle), inject: [token] };
  });
}
