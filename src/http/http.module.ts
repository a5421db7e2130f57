import { type DynamicModule, Module } from '@nestjs/common';
import { commandController } from './commands/command-controller';
import { CommandDesk } from './commands/command-desk';
import { recordController, RecordDesk } from './commands/record-controller';
import { engagementRoutes } from './commands/routes/engagements';
import { goalRoutes } from './commands/routes/goals';
import { participantRoutes } from './commands/routes/people';
import { journalRoutes, planRoutes } from './commands/routes/plan';
import { preferenceRoutes } from './commands/routes/preferences';
import { actionRoutes, milestoneRoutes } from './commands/routes/steps';
import { barrierRoutes, checkInRoutes, resourceRoutes } from './commands/routes/support';
import {
  API_DEPENDENCIES,
  type ApiDependencies,
  OPERATIONS_DEPENDENCIES,
  type OperationsDependencies,
} from './dependencies';
import { FeedController } from './feed/feed.controller';
import { FeedStreams } from './feed/feed-streams';
import { DevTokensController } from './identity/dev-tokens.controller';
import { OperationsController } from './operations/operations.controller';
import { queryController } from './queries/query-controller';
import { QueryDesk } from './queries/query-desk';
import { engagementQueries, historyQueries, otherQueries } from './queries/routes';

const apiControllers = [
  commandController('people', participantRoutes),
  recordController('people', preferenceRoutes),
  commandController('engagements', engagementRoutes),
  commandController('goals', goalRoutes),
  commandController('milestones', milestoneRoutes),
  commandController('actions', actionRoutes),
  commandController('resources', resourceRoutes),
  commandController('barriers', barrierRoutes),
  commandController('check-ins', checkInRoutes),
  commandController('plan', planRoutes),
  commandController('journal', journalRoutes),
  queryController('engagements', engagementQueries),
  queryController('history', historyQueries),
  queryController('overviews', otherQueries),
  FeedController,
];

/** Health and metrics alone, for a program that does not serve the API. */
@Module({})
export class OperationsModule {
  static of(deps: OperationsDependencies): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [OperationsController],
      providers: [{ provide: OPERATIONS_DEPENDENCIES, useValue: deps }],
    };
  }
}

/** The API over an application: a module that brings handlers, and the global buses of a `CqrsModule.forRoot()`. */
@Module({})
export class HttpModule {
  static of(deps: ApiDependencies, application: DynamicModule): DynamicModule {
    return {
      module: HttpModule,
      imports: [application, OperationsModule.of(deps)],
      controllers: [...apiControllers, ...(deps.auth.mode === 'dev' ? [DevTokensController] : [])],
      providers: [CommandDesk, RecordDesk, QueryDesk, FeedStreams, { provide: API_DEPENDENCIES, useValue: deps }],
    };
  }
}
