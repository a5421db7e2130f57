import type { Context, MadeId, Outcome } from '../decision';
import type { Engagement } from '../engagement';
import type { Refusal } from '../refusal';
import type { Id } from '../values';
import { outOfPhase, planIsAgreed } from './checks/phases';
import { taken } from './checks/references';
import { nameOf, notFound } from './checks/states';
import { proposeEngagement } from './propose-engagement';
import { type EngagementCommand, ruleOf } from './rules';
import { namesNoParty, notAmong } from './senders';

export type { PlanChangeInput } from './adaptation/input';
export { commandRules, type CommandKind, type EngagementCommand, type EngagementCommands } from './rules';
export { actingRole } from './senders';

type LaterCommand = Exclude<EngagementCommand, { readonly type: 'ProposeEngagement' }>;

/** Refuses what is not found (`not-found`), then what the sender may not do (`forbidden`). */
export function admit(state: Engagement | null, command: EngagementCommand, context: Context): Refusal | undefined {
  const { by, forbids } = ruleOf(command);
  if (command.type === 'ProposeEngagement') return notAmong(by, context);
  if (!state) return notFound('engagement');
  return missingSubject(state, command) ?? forbids?.(state, command.data, context) ?? notAmong(by, context);
}

/**
 * The events of a command that was admitted, or why the rules or the state refuse it. State null: the engagement is not
 * there yet.
 */
export function decide(state: Engagement | null, command: EngagementCommand, context: Context): Outcome {
  const unknownParty = namesNoParty(state, command, context.onBehalfOf);
  if (command.type === 'ProposeEngagement') {
    return unknownParty ?? proposeEngagement.decide(state, command.data, context);
  }
  if (!state) return notFound('engagement');
  return (
    notPossibleNow(state, command, context) ??
    changesAgreedPlan(state, command, context) ??
    unknownParty ??
    takenId(state, command) ??
    ruleOf(command).decide(state, command.data, context)
  );
}

/** The ids of the events that a command names: `Context.referenced` is to have those of them that are in the stream. */
export function referencesOf(command: EngagementCommand): readonly Id[] {
  return ruleOf(command).references?.(command.data) ?? [];
}

function missingSubject(state: Engagement, command: LaterCommand): Refusal | undefined {
  const subject = ruleOf(command).subject?.(command.data);
  return subject && !state[subject.kind][subject.id] ? notFound(nameOf[subject.kind]) : undefined;
}

function notPossibleNow(state: Engagement, command: LaterCommand, context: Context): Refusal | undefined {
  const { possible } = ruleOf(command);
  return outOfPhase(state.phase, typeof possible === 'function' ? possible(state, command.data, context) : possible);
}

function changesAgreedPlan(state: Engagement, command: LaterCommand, context: Context): Refusal | undefined {
  if (state.plan.revision === 0) return undefined;
  const { altersPlan } = ruleOf(command);
  const way = typeof altersPlan === 'function' ? altersPlan(command.data, context) : altersPlan;
  return way === null ? undefined : planIsAgreed(way);
}

function takenId(state: Engagement, command: LaterCommand): Refusal | undefined {
  const { makes } = ruleOf(command);
  if (makes === undefined) return undefined;
  const id = (command.data as Partial<Record<MadeId, Id>>)[makes];
  return id === undefined ? undefined : taken(state, id, makes);
}
