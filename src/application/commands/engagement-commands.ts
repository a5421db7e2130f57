import { join } from 'node:path';
import { engagementCatalogue } from '../../engagement/catalogue';
import {
  actingRole,
  admit,
  type CommandKind,
  commandRules,
  decide,
  type EngagementCommand,
  type EngagementCommands,
  referencesOf,
} from '../../engagement/commands';
import { type Context, isRefusal, type MadeId } from '../../engagement/decision';
import type { Engagement } from '../../engagement/engagement';
import type { EngagementEventType } from '../../engagement/events';
import { evolve } from '../../engagement/evolve';
import type { Id } from '../../engagement/values';
import { uuidV5 } from '../../platform/ids';
import { toPastEngagementEvent } from '../past-event';
import { engagementStream } from '../streams';
import type { RuleSettings } from '../tokens';
import type { DecidedEvent, Decider } from './command-handling';
import { foldVersionOf } from './fold-version';
import { commandClasses, type Envelope } from './messages';
import type { Fold } from './stream-states';

const engagementKinds = Object.keys(commandRules) as CommandKind[];

/** The class of each command about an engagement, as the CommandBus takes it. */
export const engagementCommands = commandClasses<EngagementCommands>(engagementKinds);

/** The message as the command it carries. The id of what it makes is derived from the command's where none was chosen. */
export function engagementCommandOf(kind: CommandKind, envelope: Envelope<object>): EngagementCommand {
  const made: MadeId | undefined = commandRules[kind].makes;
  const chosen: unknown = made && Reflect.get(envelope.data, made);
  const data =
    made === undefined || typeof chosen === 'string'
      ? envelope.data
      : { ...envelope.data, [made]: made === 'engagementId' ? envelope.subjectId : uuidV5(envelope.commandId, made) };
  // The class of the message pairs the kind with its data.
  return { type: kind, data } as EngagementCommand;
}

/** What the fold is made of: the domain's own values, calendar and evolution (no specs), and how it is given an event. */
const foldSources = [
  { folder: join(__dirname, '../../engagement'), names: /^[\w-]+\.[jt]s$/ },
  { folder: join(__dirname, '..'), names: /^past-event\.[jt]s$/ },
] as const;

export function engagementFold(timeZone: string): Fold<Engagement> {
  return {
    version: `${foldVersionOf(...foldSources)}-${timeZone}`,
    evolve: (state, event) => evolve(state, toPastEngagementEvent(event, timeZone)),
  };
}

/** How the domain is asked about a command on an engagement. */
export function engagementDecider(settings: RuleSettings): Decider<Engagement, EngagementCommand> {
  const { timeZone } = settings;
  return {
    streamOf: engagementStream,
    references: referencesOf,
    schemaVersionOf: (type) => engagementCatalogue[type as EngagementEventType].schemaVersion,
    made: madeBy,
    decide: (state, command, caller, given, admitted) => {
      const role = actingRole(state, command, caller.id, caller.roles);
      if (typeof role !== 'string') return role;
      const context: Context = {
        ...given,
        timeZone,
        settings,
        actor: { id: caller.id, role },
        referenced: new Map(
          [...given.referenced].map(([id, stored]) => [id, toPastEngagementEvent(stored, timeZone)] as const),
        ),
      };
      const refusal = admit(state, command, context);
      if (refusal) return refusal;
      admitted();
      const outcome = decide(state, command, context);
      return isRefusal(outcome) ? outcome : { events: outcome, role };
    },
  };
}

function madeBy(command: EngagementCommand, events: readonly DecidedEvent[]): Readonly<Record<string, Id | number>> {
  const plan = events.find(({ type }) => type === 'PlanAgreed' || type === 'PlanAdapted');
  if (plan && 'revision' in plan.data) return { planRevision: Number(plan.data.revision) };
  const made: MadeId | undefined = commandRules[command.type].makes;
  return made === undefined ? {} : { [made]: String(Reflect.get(command.data, made)) };
}
