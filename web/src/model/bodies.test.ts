import { describe, expect, it } from 'vitest';
import { chairsByYear, chairsOn, termOf } from './bodies';

const chair = (id: string, from: string, to: string | null) => ({
  state: { id, name: id },
  from,
  to,
  rule: '',
  expected: false,
  source: ''
});
const chairs = [
  chair('FIN', '2025-01-01', '2026-01-01'),
  chair('CHE', '2026-01-01', '2027-01-01'),
  chair('CYP', '2026-12-31', '2028-01-01')
];
const ids = (list: readonly { state: { id: string } }[]) => list.map((each) => each.state.id);

describe('chairsOn', () => {
  it('begins on the first day of a term and ends before the first of the next', () => {
    expect(ids(chairsOn(chairs, '2025-12-31'))).toEqual(['FIN']);
    expect(ids(chairsOn(chairs, '2026-01-01'))).toEqual(['CHE']);
    expect(chairsOn(chairs, '2024-12-31')).toEqual([]);
  });
  it('has both where two chair together', () => expect(ids(chairsOn(chairs, '2026-12-31'))).toEqual(['CHE', 'CYP']));
  it('goes on where no end is set', () =>
    expect(chairsOn([chair('X', '2020-01-01', null)], '2031-05-05')).toHaveLength(1));
});

describe('termOf', () => {
  it('is said with its last day', () => {
    expect(termOf({ from: '2026-01-01', to: '2027-01-01' })).toBe('2026-01-01/2026-12-31');
    expect(termOf({ from: '2026-01-01', to: null })).toBe('2026-01-01/..');
  });
});

describe('chairsByYear', () => {
  it('puts one who chairs over New Year into both years, and one whose term ends with a year into that alone', () => {
    expect(chairsByYear(chairs).map(({ year, chairs: list }) => [year, ...ids(list)])).toEqual([
      [2025, 'FIN'],
      [2026, 'CHE', 'CYP'],
      [2027, 'CYP']
    ]);
  });
});
