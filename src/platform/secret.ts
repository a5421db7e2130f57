import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { applySchema } from './database';

/**
 * What cursors and dev tokens are signed with: the setting, or else one made by whichever process comes first and kept
 * in the database, so that all of them sign alike and a restart breaks no cursor.
 */
export async function loadSecret(pool: Pool, setting: string | undefined): Promise<string> {
  if (setting !== undefined) return setting;
  await applySchema(pool, readFileSync(join(__dirname, 'secret.sql'), 'utf8'));
  await pool.query(`INSERT INTO platform.secret (name, value) VALUES ('signing', $1) ON CONFLICT DO NOTHING`, [
    randomBytes(32).toString('base64url'),
  ]);
  const { rows } = await pool.query<{ value: string }>(`SELECT value FROM platform.secret WHERE name = 'signing'`);
  const kept = rows[0]?.value;
  if (kept === undefined) throw new Error('The signing secret was deleted while it was read.');
  return kept;
}
