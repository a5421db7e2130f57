import { randomUUID } from 'node:crypto';
import { engagementCatalogue } from '../src/engagement/catalogue';
import type { EngagementEvent } from '../src/engagement/events';
import type { Append, NewEvent } from '../src/event-store/event-store';
import { engagementStream } from '../src/application/streams';

/** An active engagement with one measured goal, as the benches use it. */
export type BenchEngagement = {
  readonly tenantId: string;
  readonly engagementId: string;
  readonly clientId: string;
  readonly coachId: string;
  readonly goalId: string;
};

export const benchEngagement = (): BenchEngagement => ({
  tenantId: 'bench',
  engagementId: randomUUID(),
  clientId: randomUUID(),
  coachId: randomUUID(),
  goalId: randomUUID(),
});

const RECORDED_AT = '2026-01-01T09:00:00.000Z';

/** The engagement's whole stream: agreed, started, a goal set, then so many observations that it has `length` events. */
export function streamOf(engagement: BenchEngagement, length: number): Append {
  const { tenantId, engagementId, clientId, coachId, goalId } = engagement;
  const opening: EngagementEvent[] = [
    {
      type: 'EngagementProposed',
      data: {
        engagementId,
        clientId,
        coachId,
        sponsorId: null,
        startsOn: '2026-01-01',
        endsOn: '2026-12-31',
        checkInEveryDays: null,
      },
    },
    { type: 'AgreementSigned', data: { party: 'client', discloses: [] } },
    { type: 'AgreementSigned', data: { party: 'coach', discloses: null } },
    { type: 'EngagementStarted', data: {} },
    {
      type: 'GoalSet',
      data: {
        goalId,
        specific: 'Walk the dog every day',
        measure: { metric: 'walks', unit: 'a week', baseline: 0, target: 7, direction: 'increase' },
        attainmentScale: null,
        achievability: { confidence: 7, rationale: null },
        relevance: 'Health',
        startOn: '2026-01-01',
        dueOn: '2026-12-01',
        datesOverrideReason: null,
        source: 'client',
        weight: 1,
        rank: null,
      },
    },
  ];
  const observation = (value: number): EngagementEvent => ({
    type: 'ProgressRecorded',
    data: { goalId, value, observedOn: '2026-01-01', rater: 'client', note: null, corrects: null },
  });
  const observations = Array.from({ length: length - opening.length }, (_, index) => observation(index % 7));
  return {
    stream: engagementStream(tenantId, engagementId),
    expectedRevision: 'no-stream',
    events: [...opening, ...observations].map((event) => recorded(engagement, event)),
  };
}

function recorded({ tenantId, clientId }: BenchEngagement, { type, data }: EngagementEvent): NewEvent {
  const commandId = randomUUID();
  return {
    eventId: randomUUID(),
    type,
    schemaVersion: engagementCatalogue[type].schemaVersion,
    data,
    metadata: {
      tenantId,
      actor: { id: clientId, role: 'client' },
      occurredAt: RECORDED_AT,
      recordedAt: RECORDED_AT,
      correlationId: commandId,
      causationId: null,
      commandId,
    },
  };
}
