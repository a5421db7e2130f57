import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { applySchema } from '../src/platform/database';
import { analyticsSchema } from './analytics/schema';
import { auditProjection } from './audit/projection';
import { barriersProjection } from './barriers/projection';
import { checkInsProjection } from './check-ins/projection';
import type { Projection } from './engine/projection';
import { notesProjection } from './notes/projection';
import { overview } from './overview/projection';
import { participantsProjection } from './participants/projection';
import { planRevisionsProjection } from './plan-revisions/projection';
import { progress } from './progress/projection';
import { resourcesProjection } from './resources/projection';

/** Every read model that is fed from the log. */
export const projections: readonly Projection[] = [
  overview,
  progress,
  planRevisionsProjection,
  auditProjection,
  checkInsProjection,
  barriersProjection,
  resourcesProjection,
  notesProjection,
  participantsProjection,
];

/** In this order: the later ones are made of the earlier ones. */
const schemas = [
  'engine',
  'overview',
  'progress',
  'plan-revisions',
  'audit',
  'check-ins',
  'barriers',
  'resources',
  'notes',
  'participants',
  'caseload',
];

/** Creates what is missing of the tables, functions and views of the read side. */
export async function applyReadModelSchema(pool: Pool): Promise<void> {
  const statements = schemas.map((folder) => readFileSync(join(__dirname, folder, 'schema.sql'), 'utf8'));
  await applySchema(pool, [...statements, analyticsSchema()].join('\n'));
}
