import { correlationIdOf, faultOf, noTracing, parseTraceparent, spanPlaceOf, traceFields, traceIdOf } from './tracing';

const id = '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';
const nil = '00000000-0000-0000-0000-000000000000';

describe('places of spans', () => {
  it('follow from what an event carries', () => {
    expect(spanPlaceOf(id, '0b9d6c9e-3f57-4a3d-8a51-0c7a3f0f6a11')).toEqual({
      traceId: '6f1c2f0e5b7a4c8e9f2d3a4b5c6d7e8f',
      spanId: '0b9d6c9e3f574a3d',
    });
    expect(correlationIdOf(traceIdOf(id) ?? '')).toBe(id);
  });

  it('are none where an id is no UUID or says nothing', () => {
    expect([spanPlaceOf('conversation 1', id), spanPlaceOf(id, 'command 1')]).toEqual([undefined, undefined]);
    expect([spanPlaceOf(nil, id), spanPlaceOf(id, nil)]).toEqual([undefined, undefined]);
    expect([traceIdOf(nil), traceIdOf(id.toUpperCase())]).toEqual([undefined, undefined]);
  });
});

describe('a traceparent', () => {
  const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];

  it('names a span, and whether it is kept', () => {
    expect(parseTraceparent(`00-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId, sampled: true });
    expect(parseTraceparent(`00-${traceId}-${spanId}-00`)).toEqual({ traceId, spanId, sampled: false });
    expect(parseTraceparent(`01-${traceId}-${spanId}-03-more`)).toEqual({ traceId, spanId, sampled: true });
  });

  it.each([
    undefined,
    '',
    ['00'],
    `00-${traceId}-${spanId}`,
    `00-${traceId}-${spanId}-01-more`,
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
  ])('is left aside when it reads %s', (header) => {
    expect(parseTraceparent(header)).toBeNull();
  });
});

describe('without a collector', () => {
  it('work is done, and nothing else', () => {
    const span = noTracing.begin({ name: 'work' });
    expect(span.run(() => traceFields())).toEqual({});
    expect(noTracing.isOn).toBe(false);
  });
});

describe('a fault', () => {
  it('is told by its kind alone', () => {
    expect([faultOf(new RangeError('Ann is 12')), faultOf('Ann is 12')]).toEqual(['RangeError', 'string']);
  });
});
