/** With which the columns of every view of facts begin. */
const shared = {
  tenant_id: 'text',
  engagement_id: 'uuid',
  client_id: 'text',
  coach_id: 'text',
  sponsor_id: 'text',
} as const;

/** What each table takes: whose engagements count, and how many clients a row has at least. */
const takes =
  '(tenant text, coach text DEFAULT NULL::text, sponsor text DEFAULT NULL::text, min_clients integer DEFAULT 1)';

/**
 * The contract of the schema `analytics`, as docs/analytics.md promises it: the version, and every column in order with
 * its type. Whoever changes it raises the version: `minor` for what is added at an end, `major` for everything else.
 */
export const contract = {
  version: '1.0',
  views: {
    contract: {
      major: 'integer',
      minor: 'integer',
    },
    engagement_facts: {
      ...shared,
      state: 'text',
      starts_on: 'date',
      ends_on: 'date',
      started_at: 'timestamp with time zone',
      ended_at: 'timestamp with time zone',
      plan_revision: 'integer',
      adaptations: 'integer',
    },
    goal_facts: {
      ...shared,
      goal_id: 'uuid',
      source: 'text',
      weight: 'double precision',
      lifecycle: 'text',
      drop_outcome: 'text',
      start_on: 'date',
      due_on: 'date',
      baseline_due_on: 'date',
      retargets: 'integer',
      milestones_in_scope: 'integer',
      milestones_reached: 'integer',
    },
    milestone_facts: {
      ...shared,
      milestone_id: 'uuid',
      goal_id: 'uuid',
      state: 'text',
      due_on: 'date',
      baseline_due_on: 'date',
      reached_on: 'date',
      baseline_slippage_days: 'integer',
      current_slippage_days: 'integer',
      dropped_on: 'date',
    },
    barrier_facts: {
      ...shared,
      barrier_id: 'uuid',
      category: 'text',
      severity: 'integer',
      state: 'text',
      identified_on: 'date',
      resolved_on: 'date',
      reopened: 'integer',
      open_days: 'integer',
    },
    adaptation_facts: {
      ...shared,
      revision: 'integer',
      reason_code: 'text',
      effective_on: 'date',
      occurred_at: 'timestamp with time zone',
      sponsor_informed: 'boolean',
      changes: 'integer',
      triggers: 'integer',
    },
    check_in_facts: {
      ...shared,
      check_in_id: 'uuid',
      state: 'text',
      scheduled_for: 'timestamp with time zone',
      held_at: 'timestamp with time zone',
      confidence: 'integer',
      missed_by: 'text',
      missed_on: 'date',
    },
    attainment_facts: {
      ...shared,
      rater: 'text',
      goals: 'integer',
      baseline_t: 'double precision',
      now_t: 'double precision',
      change: 'double precision',
    },
    daily_facts: {
      ...shared,
      day: 'date',
      active: 'boolean',
      milestones_in_scope: 'integer',
      milestones_reached: 'integer',
      completion: 'double precision',
      milestones_open: 'integer',
      milestones_overdue: 'integer',
      barriers_open: 'integer',
      severe_barriers_open: 'integer',
      adaptations: 'integer',
      check_ins_held: 'integer',
      check_ins_missed: 'integer',
      days_without_contact: 'integer',
    },
  },
  functions: {
    adaptations: `${takes} TABLE(month text, reason_code text, adaptations integer, engagements integer)`,
    barriers: `${takes} TABLE(category text, barriers integer, open integer, resolved integer, median_open_days double precision, mean_open_days double precision)`,
    slippage: `${takes} TABLE(against text, from_days integer, to_days integer, milestones integer)`,
    attainment: `${takes} TABLE(rater text, from_t integer, to_t integer, engagements integer)`,
    check_ins: `${takes} TABLE(month text, check_ins integer, held integer, missed integer, engagements integer)`,
  },
} as const;
