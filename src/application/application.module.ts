import { type DynamicModule, type FactoryProvider, Module, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { ReadSide } from '../../projections/engine/read-side';
import type { Engagement } from '../engagement/engagement';
import type { EventStore } from '../event-store/event-store';
import type { Snapshots } from '../event-store/snapshots';
import type { Clock } from '../platform/clock';
import type { Queryable } from '../platform/database';
import type { Logger } from '../platform/logging';
import type { Tracing } from '../platform/tracing';
import { acquaintedAs } from './acquaintance';
import { createCommandHandling } from './commands/command-handling';
import { commandHandlersFor, type Handle } from './commands/command-handlers';
import { withCommandSpans } from './commands/command-spans';
import {
  engagementCommandOf,
  engagementCommands,
  engagementDecider,
  engagementFold,
} from './commands/engagement-commands';
import {
  participantCommandOf,
  participantCommands,
  participantDecider,
  participantFold,
} from './commands/participant-commands';
import { SetPreferencesHandler } from './commands/set-preferences';
import { createStreamStates, type StreamStates } from './commands/stream-states';
import { queryHandlers } from './queries';
import {
  CLOCK,
  ENGAGEMENTS,
  EVENT_STORE,
  ON_UNREADABLE,
  type OnUnreadable,
  POOL,
  READ_SIDE,
  RULE_SETTINGS,
  type RuleSettings,
} from './tokens';

/** What the commands and queries stand on; the composition root chooses it. */
export type ApplicationDependencies = {
  readonly pool: Queryable;
  readonly store: EventStore;
  readonly snapshots: Snapshots;
  readonly readSide: ReadSide;
  readonly clock: Clock;
  readonly rules: RuleSettings;
  readonly logger: Logger;
  readonly tracing: Tracing;
  /** For those who count what the feed had to pass over. */
  readonly onUnreadable: OnUnreadable;
};

const ENGAGEMENT_COMMANDS = Symbol('ENGAGEMENT_COMMANDS');
const PARTICIPANT_COMMANDS = Symbol('PARTICIPANT_COMMANDS');

/** Handlers of every command and query, on the buses of CQRS. Its EventBus and sagas are not used: events go through the log. */
@Module({})
export class ApplicationModule {
  static on(deps: ApplicationDependencies): DynamicModule {
    const { store, snapshots, rules, logger } = deps;
    const engagements = createStreamStates(store, snapshots, engagementFold(rules.timeZone), logger);
    const values: Provider[] = [
      { provide: POOL, useValue: deps.pool },
      { provide: EVENT_STORE, useValue: deps.store },
      { provide: ENGAGEMENTS, useValue: engagements },
      { provide: READ_SIDE, useValue: deps.readSide },
      { provide: CLOCK, useValue: deps.clock },
      { provide: RULE_SETTINGS, useValue: deps.rules },
      { provide: ON_UNREADABLE, useValue: deps.onUnreadable },
      { provide: ENGAGEMENT_COMMANDS, useValue: engagementHandle(deps, engagements) },
      { provide: PARTICIPANT_COMMANDS, useValue: participantHandle(deps, engagements) },
    ];
    const commandHandlers: FactoryProvider[] = [
      ...commandHandlersFor(engagementCommands, ENGAGEMENT_COMMANDS),
      ...commandHandlersFor(participantCommands, PARTICIPANT_COMMANDS),
    ];
    return {
      module: ApplicationModule,
      imports: [CqrsModule.forRoot()],
      providers: [...values, ...commandHandlers, SetPreferencesHandler, ...queryHandlers],
    };
  }
}

function engagementHandle(
  { store, clock, rules, tracing }: ApplicationDependencies,
  engagements: StreamStates<Engagement>,
): Handle<keyof typeof engagementCommands> {
  const deps = { store, clock, timeZone: rules.timeZone, tracing };
  const handle = createCommandHandling(deps, engagements, engagementDecider(rules));
  return withCommandSpans(tracing, (kind, envelope) => handle(envelope, engagementCommandOf(kind, envelope)));
}

function participantHandle(
  { pool, store, snapshots, clock, rules, logger, tracing }: ApplicationDependencies,
  engagements: StreamStates<Engagement>,
): Handle<keyof typeof participantCommands> {
  const participants = createStreamStates(store, snapshots, participantFold, logger);
  const deps = { store, clock, timeZone: rules.timeZone, tracing };
  const handle = createCommandHandling(deps, participants, participantDecider);
  return withCommandSpans(tracing, async (kind, envelope) => {
    // Whoever registers a person need not know them.
    const acquainted =
      kind === 'UpdateParticipant' &&
      (await acquaintedAs(pool, engagements, envelope.caller, envelope.subjectId)) !== null;
    return handle(envelope, { command: participantCommandOf(kind, envelope), acquainted });
  });
}
