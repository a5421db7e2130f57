import type { Type } from '@nestjs/common';
import { engagementCommands } from '../../application/commands/engagement-commands';
import type { CommandMessage, Envelope } from '../../application/commands/messages';
import { participantCommands } from '../../application/commands/participant-commands';
import type { EngagementCommands } from '../../engagement/commands';
import type { MadeId } from '../../engagement/decision';
import type { Id } from '../../engagement/values';
import type { ParticipantCommands } from '../../participants/commands';

type Commands = EngagementCommands & ParticipantCommands;

/** One path of the contract's table of commands. */
export type CommandRoute = {
  readonly method: 'POST' | 'PUT';
  /** As the router takes it, `/v1/engagements/:engagementId/goals`. */
  readonly path: string;
  /** The name of the command, unique among the routes. */
  readonly kind: string;
  readonly summary: string;
  readonly body: Type<object>;
  /** Whose stream the command is about; the answer gives its id under this name. */
  readonly subject: 'engagementId' | 'participantId';
  /** What the answer names beside its subject; null when the command makes nothing. */
  readonly makes: string | null;
  /** The command's data, of the ids in the path and the fields of the body. What is made may have no id yet. */
  readonly dataOf: (given: object) => object;
  readonly messageOf: (envelope: Envelope<object>) => CommandMessage<string, object>;
};

/** The command's data as a request gives it: the id of what it makes may be left to us. */
type Given<Kind extends keyof Commands> = {
  readonly [Name in keyof Commands[Kind]]: Name extends MadeId | 'participantId' ? Id | null : Commands[Kind][Name];
};

type Names<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? Names<Segment> | Names<Rest>
  : Path extends `:${infer Name}`
    ? Name
    : never;

/** The ids that a path holds and the body's fields, together. */
type Parts<Path extends string, Body> = Readonly<Record<Names<Path>, Id>> & Body;

type More<Kind extends keyof Commands, Path extends string, Body> = {
  readonly summary: string;
  readonly makes?: MadeId | 'planRevision';
  readonly method?: 'PUT';
} & (Parts<Path, Body> extends Given<Kind>
  ? { readonly data?: undefined }
  : { readonly data: (given: Parts<Path, Body>) => Given<Kind> });

/** A command on an engagement that is there; `path` goes on from the engagement's. `data` is needed where types differ. */
export function onEngagement<Kind extends keyof EngagementCommands, const Path extends string, Body extends object>(
  kind: Kind,
  path: Path,
  body: Type<Body>,
  more: More<Kind, Path, Body>,
): CommandRoute {
  return route(kind, `/v1/engagements/:engagementId/${path}`, body, more);
}

/** A command on a stream of its own. */
export function command<
  Kind extends 'ProposeEngagement' | keyof ParticipantCommands,
  const Path extends string,
  Body extends object,
>(kind: Kind, path: Path, body: Type<Body>, more: More<Kind, Path, Body>): CommandRoute {
  return route(kind, path, body, more);
}

type AnyMore = {
  readonly summary: string;
  readonly makes?: string;
  readonly method?: 'PUT';
  readonly data?: unknown;
};

function route(kind: keyof Commands, path: string, body: Type<object>, more: AnyMore): CommandRoute {
  const { summary, makes, method = 'POST', data } = more;
  const classes = { ...engagementCommands, ...participantCommands };
  // `More` has checked that the parts of the request are the data of the class, or become it by `data`.
  const messageClass = classes[kind] as new (envelope: Envelope<object>) => CommandMessage<string, object>;
  const dataOf = (data ?? ((given: object) => given)) as CommandRoute['dataOf'];
  return {
    method,
    path,
    kind,
    summary,
    body,
    subject: kind === 'RegisterParticipant' || kind === 'UpdateParticipant' ? 'participantId' : 'engagementId',
    makes: makes ?? (kind === 'RegisterParticipant' ? 'participantId' : null),
    dataOf,
    messageOf: (envelope) => new messageClass(envelope),
  };
}
