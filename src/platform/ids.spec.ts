import { randomId, uuidV5 } from './ids';

describe('ids', () => {
  // The example of RFC 9562, appendix A.4.
  it('derives a version 5 UUID as the standard says', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('keeps names and namespaces apart', () => {
    const namespace = randomId();
    const ids = [uuidV5(namespace, 'a'), uuidV5(namespace, 'b'), uuidV5(randomId(), 'a'), uuidV5(namespace, 'ä')];
    expect(new Set(ids).size).toBe(4);
    expect(uuidV5(namespace, 'ä')).toBe(ids[3]);
  });

  it('makes random ids of version 4', () => {
    expect(randomId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(randomId()).not.toBe(randomId());
  });
});
