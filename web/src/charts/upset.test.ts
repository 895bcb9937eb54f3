// The UpSet plot against the obvious count of sets.
import { describe, expect, it } from 'vitest';
import { upsetOf } from './upset';

const organization = (id: string) => ({ id, name: `name of ${id}`, short: id });
const part = (ids: string[], states: string[]) => ({ organizations: ids.map(organization), states });

describe('upsetOf', () => {
  const parts = [
    part(['OIC'], ['IDN', 'PAK', 'IRN']),
    part(['AU'], ['ZAF', 'KEN']),
    part(['OIC', 'AU'], ['SEN', 'NER']),
    part(['LAS', 'OIC', 'AU'], ['EGY', 'TUN', 'SDN', 'COM']),
    part(['LAS'], [])
  ];
  const upset = upsetOf(parts, ['OIC', 'AU', 'LAS'].map(organization));

  it('orders sets by their size, counted over all their combinations', () => {
    expect(upset.sets.map((set) => `${set.id} ${set.size}`)).toEqual(['OIC 9', 'AU 8', 'LAS 4']);
    for (const set of upset.sets) {
      const counted = parts.filter((each) => each.organizations.some(({ id }) => id === set.id));
      expect(set.size).toBe(counted.reduce((sum, each) => sum + each.states.length, 0));
    }
  });

  it('orders columns by how many States they hold; of equals, those of more organizations first', () => {
    expect(upset.columns.map((column) => `${column.key} ${column.members.length}`)).toEqual([
      'OIC+AU+LAS 4',
      'OIC 3',
      'OIC+AU 2',
      'AU 2'
    ]);
    expect(upset.largest).toBe(4);
  });

  it('runs the line of a column from its first row to its last', () => {
    expect(upset.columns.map((column) => [column.first, column.last])).toEqual([
      [0, 2],
      [0, 0],
      [0, 1],
      [1, 1]
    ]);
  });

  it('keeps an organization without States as a row', () => {
    expect(upsetOf<string>([], [organization('GCC')]).sets).toEqual([
      { id: 'GCC', name: 'name of GCC', short: 'GCC', size: 0 }
    ]);
  });
});
