import { describe, expect, it } from 'vitest';
import type { Exchange, Sending } from '$/api/fund';
import { countsOf, matrixOf, rowsWith, sendingSigns, usedPart } from './exchanges';

const row = (id: string, name: string, status: Sending) => ({
  state: { id, name },
  sent_at: null,
  status,
  state_name: status,
  obliged: true,
  nil: false,
  corrections: 0,
  document: null
});
const exchange = (id: string, ...rows: Exchange['rows']): Exchange => ({
  id,
  subject: `${id}-2026`,
  year: 2026,
  name: id,
  due_local: null,
  reminders: [],
  can: [],
  rule: { id: '', quote: '', source: '' },
  due: '2026-12-15T23:00:00Z',
  rows
});
const two = [
  exchange('aemi', row('TUR', 'تركيا', 'on_time'), row('AUT', 'النمسا', 'missing')),
  exchange('planning', row('AUT', 'النمسا', 'on_time'))
];

describe('matrixOf', () => {
  it('has a row for each State in the order of the language, and nothing where an exchange is not its', () => {
    const rows = matrixOf(two, 'ar');
    expect(rows.map((each) => each.state.id)).toEqual(['AUT', 'TUR']);
    expect(rows[1]?.cells.map((cell) => cell?.status ?? null)).toEqual(['on_time', null]);
  });
});

describe('rowsWith', () => {
  it('keeps the States that have one such', () => {
    const rows = matrixOf(two, 'ar');
    expect(rowsWith(rows, 'missing').map((each) => each.state.id)).toEqual(['AUT']);
    expect(rowsWith(rows, 'notified_late')).toEqual([]);
    expect(rowsWith(rows, '')).toHaveLength(2);
  });
});

describe('countsOf', () => {
  it('counts each State once', () => {
    expect(countsOf(two[0] as Exchange)).toEqual({ on_time: 1, notified_late: 0, missing: 1, corrected: 0, due: 0 });
  });
});

describe('usedPart', () => {
  it('is between nothing and all', () => {
    expect(usedPart({ quota: 3, used: 1 })).toBeCloseTo(1 / 3);
    expect(usedPart({ quota: 1, used: 4 })).toBe(1);
    expect(usedPart({ quota: 0, used: 0 })).toBe(1);
    expect(usedPart({ quota: null, used: 2 })).toBe(0);
  });
});

describe('sendingSigns', () => {
  it('are all different, so that colour is not needed', () => {
    expect(new Set(Object.values(sendingSigns)).size).toBe(Object.keys(sendingSigns).length);
  });
});
