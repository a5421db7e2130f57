import { engagementCatalogue } from './catalogue';
import { redact } from './text';

describe('redact', () => {
  it('puts null in place of a field, a list and a field of every element', () => {
    const data = {
      vision: 'to lead',
      values: ['courage'],
      changes: [{ to: { title: 'A' } }, { to: null }, { op: 'x' }],
    };
    expect(redact(data, ['vision', 'values', 'changes[].to.title'])).toEqual({
      vision: null,
      values: null,
      changes: [{ to: { title: null } }, { to: null }, { op: 'x' }],
    });
  });

  it('leaves the original as it was and adds nothing that was absent', () => {
    const data = { note: 'kept' };
    expect(redact(data, ['note', 'other', 'note.deeper'])).toEqual({ note: null });
    expect(data).toEqual({ note: 'kept' });
  });

  it('hides the personal text of a check-in and leaves the rest', () => {
    const held = { checkInId: 'c', heldAt: '2026-01-01T00:00:00.000Z', summary: 'She was sad', confidence: 3 };
    expect(redact(held, engagementCatalogue.CheckInHeld.personal)).toEqual({ ...held, summary: null });
  });

  it('takes no list where the path steps into an object', () => {
    expect(redact({ list: [{ text: 'a' }] }, ['list.text'])).toEqual({ list: [{ text: 'a' }] });
  });
});
