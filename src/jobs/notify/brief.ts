import { addDays } from '../../engagement/calendar';
import { healthOf } from '../../engagement/measures/health';
import type { Id, IsoDate } from '../../engagement/values';
import type { EffectItem } from '../../records/effect-ledger';
import { readCaseload } from '../../../projections/caseload/queries';
import { readChanges } from '../../../projections/due/queries';
import { readNames } from '../../../projections/participants/queries';
import type { Present } from '../due/due-kind';
import type { Hours } from '../due/hours';
import type { Section } from '../mail/letter';
import { changesText, instantText } from '../mail/words';
import type { NotifyDeps } from './deps';
import type { DigestJob } from './jobs';
import { briefKey } from './weekly';

/** A coach's caseload at the beginning of a week, the most urgent first. */
export type Brief = { readonly section: Section; readonly items: readonly EffectItem[] };

const MOST = 50;
const WORDS = { 'at-risk': 'at risk', attention: 'wants attention', 'on-track': 'on track' } as const;

/** Null for one who coaches nobody at the moment. */
export async function weeklyBrief(
  deps: NotifyDeps,
  { tenantId, participantId }: DigestJob,
  { now, today, settings }: Present,
  monday: IsoDate,
  { timeZone }: Hours,
): Promise<Brief | null> {
  const { db } = deps;
  const terms = { ...settings, asOf: today };
  const { rows } = await readCaseload(db, { tenantId, coachId: participantId }, terms, { limit: MOST, after: null });
  const found = await Promise.all(rows.map(({ engagementId }) => deps.newest(tenantId, engagementId)));
  // Another coach may have taken over since the rows were written, and what ended is over.
  const cases = found.flatMap((engagement) =>
    engagement?.coachId === participantId && engagement.phase.status === 'active' ? [engagement] : [],
  );
  if (cases.length === 0) return null;
  const ids = cases.map(({ engagementId }) => engagementId);
  const lastWeek = `${addDays(monday, -7)}T00:00:00.000Z`;
  const [names, facts, changes] = await Promise.all([
    readNames(
      db,
      tenantId,
      cases.map(({ clientId }) => clientId),
    ),
    deps.facts(tenantId, ids),
    readChanges(db, tenantId, ids, lastWeek),
  ]);
  const lines = cases.map(({ engagementId, clientId, checkIns }) => {
    const known = facts.get(engagementId);
    const level = WORDS[known ? healthOf(known, today, settings).level : 'on-track'];
    const next = Object.values(checkIns)
      .filter(({ state, scheduledFor }) => state === 'scheduled' && scheduledFor >= now)
      .map(({ scheduledFor }) => scheduledFor)
      .sort()[0];
    const meeting = next === undefined ? 'no check-in scheduled' : `next check-in ${instantText(next, timeZone)}`;
    const changed = changesText(changes.filter((change) => change.engagementId === engagementId));
    return `${names.get(clientId) ?? 'A client'}: ${level}; ${meeting}. Last week: ${changed}.`;
  });
  const section = { heading: 'Your caseload this week, the most urgent first', link: null, lines };
  return { section, items: [itemOf(monday, null), ...ids.map((id) => itemOf(monday, id))] };
}

function itemOf(monday: IsoDate, engagementId: Id | null): EffectItem {
  const key = engagementId === null ? briefKey(monday) : `${briefKey(monday)}/${engagementId}`;
  return { key, engagementId, rule: 'weekly-brief', about: null };
}
