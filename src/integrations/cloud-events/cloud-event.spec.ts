import { sampleEvent } from '../../../test/support/sample-events';
import { MARK, markedEvents } from '../../../test/support/marked-events';
import { engagementCatalogue } from '../../engagement/catalogue';
import type { StoredEvent } from '../../event-store/event-store';
import { participantCatalogue } from '../../participants/events';
import { eventTypeNamed, toCloudEvent } from './cloud-event';
import { pick } from './paths';
import { type EventType, published, publishedTypes } from './published';

const catalogue = { ...engagementCatalogue, ...participantCatalogue };
const types = Object.keys(catalogue) as EventType[];

function stored(type: string, data: object = markedEvents[type as EventType]): StoredEvent {
  const stream = 'engagement-firm-1_00000000-0000-4000-8000-000000000010';
  return { ...sampleEvent(data, { type }), stream, revision: 7n, position: { commit: 1n, prepare: 2n } };
}

/** Where the values are that contain the mark, as the catalogue writes paths. */
function markedPaths(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string') return value.includes(MARK) ? [path] : [];
  // The catalogue names a list of texts as a whole.
  if (Array.isArray(value)) {
    const isOfTexts = value.every((one) => typeof one === 'string');
    return value.flatMap((one) => markedPaths(one, isOfTexts ? path : `${path}[]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => markedPaths(inner, path === '' ? name : `${path}.${name}`));
}

describe('what other systems see of an event', () => {
  it.each(types)('has no text: %s', (type) => {
    const { personal, plan } = catalogue[type];
    expect([...new Set(markedPaths(markedEvents[type]))].sort()).toEqual([...personal, ...plan].sort());
    expect(JSON.stringify(toCloudEvent(stored(type)))).not.toContain(MARK);
  });

  it.each(publishedTypes)('has everything else, as it was recorded: %s', (type) => {
    const { personal, plan } = catalogue[type];
    const rest = without(markedEvents[type], new Set([...personal, ...plan]));
    expect(toCloudEvent(stored(type))?.data).toEqual(rest);
  });

  it('does not tell of notes, nor of what nobody has decided about', () => {
    expect(toCloudEvent(stored('NoteRecorded'))).toBeNull();
    expect(toCloudEvent(stored('SomethingNew', { goalId: 'g' }))).toBeNull();
    expect(types.filter((type) => published[type] === null)).toEqual(['NoteRecorded']);
  });

  it('takes single values and lists of them, and no object however it came there', () => {
    const data = { a: { b: 'text' }, c: [{ d: 1, e: 'text' }, 'text'], f: ['x', 'y'], g: null };
    expect(pick(data, ['a', 'c', 'c[].d', 'f', 'g', 'h'])).toEqual({ c: [{ d: 1 }, {}], f: ['x', 'y'], g: null });
  });

  it('leaves out a field that was added to an event later', () => {
    const grown = {
      ...markedEvents.GoalSet,
      extra: 'text',
      measure: { ...markedEvents.GoalSet.measure, more: 'text' },
    };
    expect(JSON.stringify(toCloudEvent(stored('GoalSet', grown)))).not.toContain('text');
  });
});

describe('a CloudEvent', () => {
  it('says what happened, to what, when, and by whom', () => {
    const event = stored('GoalResumed');
    expect(toCloudEvent(event)).toEqual({
      specversion: '1.0',
      id: event.eventId,
      source: 'urn:cairn:tenant:firm-1',
      type: 'cairn.GoalResumed',
      subject: '00000000-0000-4000-8000-000000000010',
      time: '2026-01-05T09:30:00.000Z',
      datacontenttype: 'application/json',
      dataschema: 'urn:cairn:event:GoalResumed:1',
      tenant: 'firm-1',
      recordedtime: '2026-01-05T10:00:00.000Z',
      revision: 7,
      actorid: 'coach-1',
      actorrole: 'coach',
      onbehalfof: 'client-1',
      correlationid: event.metadata.correlationId,
      data: { goalId: markedEvents.GoalResumed.goalId },
    });
  });

  it('names its attributes as the specification wants: lower-case letters and digits, at most 20', () => {
    const event = stored('GoalSet');
    const caused = { ...event, metadata: { ...event.metadata, causationId: 'c' } };
    for (const name of Object.keys(toCloudEvent(caused) ?? {})) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
    expect(toCloudEvent(caused)).toMatchObject({ causationid: 'c' });
  });

  it.each([
    ['GoalSet', 'GoalSet'],
    ['cairn.GoalSet', 'GoalSet'],
    ['NoteRecorded', null],
    ['toString', null],
    ['Nothing', null],
  ])('is asked for by the name %s', (name, type) => {
    expect(eventTypeNamed(name)).toBe(type);
  });
});

/** The data without what stands at the paths, and without the objects that are empty then. */
function without(value: unknown, paths: ReadonlySet<string>, path = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown) => (typeof one === 'object' ? (without(one, paths, `${path}[]`) ?? {}) : one));
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const rest = paths.has(at) ? undefined : without(inner, paths, at);
    return rest === undefined ? [] : [[name, rest] as const];
  });
  return kept.length === 0 && path !== '' ? undefined : Object.fromEntries(kept);
}
