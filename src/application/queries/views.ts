/** What of each answer its viewer is shown. Redacted is null, in any field. */
import type { Viewer } from '../../access/viewer';
import { engagementCatalogue } from '../../engagement/catalogue';
import type { EngagementEventType } from '../../engagement/events';
import { redact } from '../../engagement/text';
import type {
  AuditEntry,
  BarrierShape,
  CheckInShape,
  Health,
  Note,
  Overview,
  Party,
  Plan,
  PlanDiff,
  PlanRevision,
  Progress,
} from './shapes';

type Seen = Pick<Viewer, 'view' | 'discloses'>;

export function seenOverview(overview: Overview, { view, discloses }: Seen): Overview {
  switch (view) {
    case 'all':
      return overview;
    case 'redacted':
      return {
        ...overview,
        client: nameless(overview.client),
        coach: nameless(overview.coach),
        sponsor: overview.sponsor && nameless(overview.sponsor),
        vision: overview.vision && { vision: null, values: null, interests: null, aspirations: null },
      };
    case 'counts':
      return { ...overview, vision: null, goals: [], health: overview.health && withoutSentences(overview.health) };
    case 'disclosed': {
      const progress = discloses.includes('progress');
      const goals = discloses.includes('goals');
      const attendance = discloses.includes('attendance');
      return {
        ...overview,
        vision: goals ? overview.vision : null,
        goals: goals ? overview.goals : [],
        lastCheckIn: attendance ? overview.lastCheckIn : null,
        nextCheckIn: attendance ? overview.nextCheckIn : null,
        open: progress ? overview.open : null,
        health: progress && overview.health ? withoutRules(overview.health) : null,
      };
    }
    default:
      return view satisfies never;
  }
}

export function seenProgress(progress: Progress, { view, discloses }: Seen): Progress {
  if (view !== 'disclosed') return progress;
  const shown = { ...progress, health: withoutRules(progress.health) };
  if (discloses.includes('goals')) return shown;
  return {
    ...shown,
    goals: progress.goals.map((goal) => ({
      ...goal,
      specific: null,
      milestones: goal.milestones.map((milestone) => ({ ...milestone, title: null })),
    })),
  };
}

export function seenPlan(plan: Plan, { view }: Seen): Plan {
  if (view === 'disclosed') return { ...plan, barriers: [], resources: [] };
  return { ...plan, barriers: plan.barriers.map((barrier) => seenBarrier(barrier, { view })) };
}

export function seenDiff(diff: PlanDiff, { view }: Seen): PlanDiff {
  if (view !== 'disclosed') return diff;
  const isShown = ({ kind }: { readonly kind: string }): boolean => kind !== 'resource';
  return {
    ...diff,
    added: diff.added.filter(isShown),
    dropped: diff.dropped.filter(isShown),
    changed: diff.changed.filter(isShown),
  };
}

/** A sponsor sees neither what triggered a revision nor what became of resources. */
export function seenRevision(revision: PlanRevision, { view }: Seen): PlanRevision {
  if (view !== 'disclosed') return revision;
  const isShown = (index: number): boolean => revision.changes[index]?.op !== 'resource-changed';
  return {
    ...revision,
    changes: revision.changes.filter((_, index) => isShown(index)),
    sentences: revision.sentences.filter((_, index) => isShown(index)),
    triggeredBy: [],
  };
}

export function seenCheckIn(checkIn: CheckInShape, { view }: Seen): CheckInShape {
  return view === 'all' ? checkIn : { ...checkIn, summary: null };
}

export function seenBarrier(barrier: BarrierShape, { view }: Pick<Seen, 'view'>): BarrierShape {
  return view === 'all' ? barrier : { ...barrier, description: null };
}

export function seenNote(note: Note, { view }: Seen): Note {
  return view === 'all' ? note : { ...note, text: null };
}

export function seenEntry(entry: AuditEntry, { view }: Seen): AuditEntry {
  if (view === 'all') return entry;
  return { ...entry, data: redact(entry.data, engagementCatalogue[entry.type as EngagementEventType].personal) };
}

/** Without the words of the rules that fired, which tell of goals and milestones. */
export function withoutSentences(health: Health): Health {
  return { ...health, rules: health.rules.map((rule) => ({ ...rule, sentence: null })) };
}

function nameless({ participantId }: Party): Party {
  return { participantId, name: null };
}

function withoutRules({ level }: Health): Health {
  return { level, rules: [] };
}
