// Lanes of statuses over time.
import { describe, expect, it } from 'vitest';
import { lanesOf } from './spans';

const spell = (group: string, since: string, until = '', status = 'member') => ({
  group,
  name: group,
  status,
  since,
  until
});

describe('lanesOf', () => {
  it('puts the spells of one State on one lane, in order of time', () => {
    const { lanes } = lanesOf([spell('IND', '2017-06-09'), spell('IND', '2005-07-05', '2017-06-09', 'observer')], 2027);
    expect(lanes).toHaveLength(1);
    expect(lanes[0]?.spans.map((span) => span.spell.status)).toEqual(['observer', 'member']);
    expect(lanes[0]?.spans[0]?.to).toBe(lanes[0]?.spans[1]?.from);
  });

  it('shows those that last before those that ended, the earliest first', () => {
    const { lanes, first } = lanesOf([spell('C', '1950', '1960'), spell('B', '1992'), spell('A', '1975')], 2027);
    expect(lanes.map((lane) => lane.group)).toEqual(['A', 'B', 'C']);
    expect(first).toBe(1950);
  });

  it('says which ends are uncertain and which are open', () => {
    const [sure, about, unknown] = ['1975-08-01', '197X', ''].map(
      (since) => lanesOf([spell('A', since)], 2027).lanes[0]?.spans[0]
    );
    expect([sure?.vagueStart, about?.vagueStart, unknown?.vagueStart]).toEqual([false, true, true]);
    expect(sure).toMatchObject({ open: true, to: 2027, vagueEnd: false });
    expect(lanesOf([spell('A', '1975', '199X')], 2027).lanes[0]?.spans[0]).toMatchObject({
      open: false,
      vagueEnd: true
    });
  });

  it('never draws a span that ends before it begins', () => {
    const span = lanesOf([spell('A', '2000', '1990')], 2027).lanes[0]?.spans[0];
    expect(span?.to).toBeGreaterThanOrEqual(span?.from ?? Infinity);
  });
});
