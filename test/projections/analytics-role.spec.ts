import { Client, type Pool } from 'pg';
import { applyReadModelSchema } from '../../projections';
import { createPool } from '../../src/platform/database';
import { startOwnServer, type OwnServer } from '../support/own-server';

/** On a server of its own: roles belong to the whole server, and this one must not have it yet. */
describe('a database whose user may not make roles', () => {
  let server: OwnServer;
  let admin: Client;
  let pool: Pool;
  const warnings: string[] = [];

  beforeAll(async () => {
    server = await startOwnServer();
    admin = new Client({ connectionString: server.url });
    await admin.connect();
    await admin.query('CREATE ROLE plain LOGIN');
    await admin.query('CREATE DATABASE firm OWNER plain');
    const url = new URL(server.url);
    url.username = 'plain';
    url.pathname = '/firm';
    pool = createPool(url.href, () => undefined);
    pool.on('connect', (client) => {
      client.on('notice', ({ message }) => warnings.push(message ?? ''));
    });
  });
  afterAll(async () => {
    await pool.end();
    await admin.end();
    await server.stop();
  });

  const mayRead = async (): Promise<unknown> =>
    (await pool.query("SELECT has_table_privilege('cairn_analyst', 'analytics.goal_facts', 'SELECT') AS may")).rows[0];

  it('gets the views all the same, and a warning that says what is missing', async () => {
    await applyReadModelSchema(pool);
    expect(warnings.join()).toContain('The role cairn_analyst is not there and plain may not create it');
    expect((await pool.query('SELECT * FROM analytics.goal_facts')).rows).toEqual([]);
    await expect(mayRead()).rejects.toThrow('role "cairn_analyst" does not exist');
  });

  it('gives the role its rights with the next start, once somebody made it', async () => {
    await admin.query('CREATE ROLE cairn_analyst NOLOGIN');
    warnings.length = 0;
    await applyReadModelSchema(pool);
    expect(await mayRead()).toEqual({ may: true });
    expect(warnings.join()).not.toContain('cairn_analyst');
  });

  it('has two databases of a server make the role at the same moment', async () => {
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) await admin.query(`CREATE DATABASE ${name}`);
    await pool.query('REVOKE ALL ON ALL TABLES IN SCHEMA analytics FROM cairn_analyst');
    await pool.query('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA analytics FROM cairn_analyst');
    await pool.query('REVOKE ALL ON SCHEMA analytics FROM cairn_analyst');
    await admin.query('DROP ROLE cairn_analyst');
    const pools = names.map((name) => {
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return createPool(url.href, () => undefined);
    });
    await Promise.all(pools.map((one) => applyReadModelSchema(one)));
    await Promise.all(pools.map((one) => one.end()));
    expect(await mayRead()).toEqual({ may: false });
    await applyReadModelSchema(pool);
    expect(await mayRead()).toEqual({ may: true });
  });
});
