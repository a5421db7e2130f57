import { tableOf } from './table';

describe('a table', () => {
  it('lines up its columns, numbers to the right', () => {
    expect(
      tableOf(
        ['name', 'events', 'state'],
        [
          ['audit', 12, 'live'],
          ['overview', 1_234, 'rebuilding'],
        ],
      ),
    ).toEqual(['name      events  state', 'audit         12  live', 'overview   1,234  rebuilding']);
  });

  it('is its titles when there is nothing', () => {
    expect(tableOf(['name', 'events'], [])).toEqual(['name  events']);
  });
});
