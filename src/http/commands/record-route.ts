import type { Type } from '@nestjs/common';
import type { ICommand } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller';
import type { Id } from '../../engagement/values';

/** What a command that is no event is sent with, beside the fields of its body. */
export type RecordAsked = {
  readonly caller: Caller;
  /** An id in the path. @throws when the path has none of this name */
  readonly inPath: (name: string) => Id;
};

/** A path whose command changes an operational record: nothing of it goes into the log. */
export type RecordRoute = {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** The name of the command, unique among the routes. */
  readonly name: string;
  readonly summary: string;
  readonly body: Type<object>;
  /** 201 for what makes something with an id, 204 for what has no answer. */
  readonly status: 200 | 201 | 204;
  /** The name of the answer's shape on the OpenAPI page; null with 204. */
  readonly shape: string | null;
  readonly commandOf: (asked: RecordAsked, body: object) => ICommand;
};

type Told<Body> = Omit<RecordRoute, 'name' | 'body' | 'commandOf'> & { readonly body: Type<Body> };

export function record<Body extends object>(
  name: string,
  told: Told<Body>,
  commandOf: (asked: RecordAsked, body: Body) => ICommand,
): RecordRoute {
  // The body is bound to the class that stands beside the function.
  return { ...told, name, commandOf: (asked, body) => commandOf(asked, body as Body) };
}
