import type { Settings } from '../platform/settings';

/** The firm of the demo, a tenant of its own beside whatever else is in the data folder. */
export const TENANT = 'demo';

/** The numbers of the rules in that firm. */
export const RULES = { timeZone: 'UTC', activeGoalCap: 3, noContactWeeks: 3 } as const;

/**
 * The user's settings where the demo leaves a choice (address, data folder, event store, secret), and what its cases
 * need for the rest: everything in one process on the embedded Postgres, tokens for the asking, and the rules' usual numbers.
 */
export function demoSettings(settings: Settings): Settings {
  return {
    ...settings,
    role: 'all',
    databaseUrl: undefined,
    rateLimit: undefined,
    auth: { mode: 'dev' },
    ...RULES,
  };
}
