/** A command of the contract with the least that it takes, and what its handler is given. */
export type Request = readonly [kind: string, url: string, body: object, status: 200 | 201, data: object];

export const engagementId = '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';
export const id = '0b9d6c9e-3f57-4a3d-8a51-0c7a3f0f6a11';
export const other = '7d1f5b5c-93f0-4d19-9a5e-5e5f0d5f3c22';
export const third = 'c2a7e8b4-11de-4f0b-b0a9-9a8b7c6d5e33';
export const at = (path: string): string => `/v1/engagements/${engagementId}/${path}`;
export const reason = { reason: 'Because' };
export const measure = { metric: 'talks', unit: 'talks', baseline: 0, target: 12.5, direction: 'increase' };
export const attainmentScale = [-2, -1, 0, 1, 2].map((level) => ({ level, description: `Level ${level}` }));
export const goal = {
  specific: 'Lead the redesign',
  measure,
  achievability: { confidence: 7 },
  relevance: 'It is the next step',
  startOn: '2026-02-01',
  dueOn: '2026-06-30',
  source: 'client',
};
export const goalData = {
  ...goal,
  goalId: null,
  attainmentScale: null,
  achievability: { confidence: 7, rationale: null },
  datesOverrideReason: null,
  weight: 1,
  rank: null,
};
export const milestone = { goalId: id, title: 'Prototype', criterion: 'Tested', dueOn: '2026-04-15' };
export const action = { milestoneId: id, title: 'Book the lab', owner: 'client', dueOn: '2026-03-20' };
export const money = { amount: '600.00', currency: 'EUR' };
export const adaptation = {
  baseRevision: 1,
  reasonCode: 'barrier',
  reasonText: 'The freeze',
  changes: [{ op: 'goal-dropped', goalId: id }],
  agreedBy: ['coach', 'client'],
  effectiveOn: '2026-04-01',
};
