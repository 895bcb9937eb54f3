// The histogram of years and the stretch chosen on it.
import { describe, expect, it } from 'vitest';
import { clampRange, sumIn, yearAt, yearBars } from './years';

const year = (each: number, statements: number) => ({ year: each, statements });

describe('yearBars', () => {
  it('shows empty years as a gap', () => {
    expect(yearBars([year(2002, 1), year(1999, 4)]).bars).toEqual([
      year(1999, 4),
      year(2000, 0),
      year(2001, 0),
      year(2002, 1)
    ]);
  });

  it('leaves out what lies far before, and says how much', () => {
    const { bars, before } = yearBars([year(1815, 2), year(2000, 5), year(2010, 1)]);
    expect(bars[0]?.year).toBe(2000);
    expect(before).toBe(2);
  });

  it('has nothing to show when no statement has a year', () => {
    expect(yearBars([])).toEqual({ bars: [], before: 0 });
  });
});

describe('the chosen stretch', () => {
  const { bars } = yearBars([year(1999, 4), year(2003, 2), year(2008, 1)]);
  const all = clampRange({}, bars);

  it('is everything when nothing is chosen, and stays inside what there is', () => {
    expect(all).toEqual({ from: 1999, to: 2008 });
    expect(clampRange({ from: 1900, to: 2001 }, bars)).toEqual({ from: 1999, to: 2001 });
    expect(clampRange({ from: 2005, to: 2001 }, bars)).toEqual({ from: 2001, to: 2005 });
  });

  it('finds the year under a pointer', () => {
    expect([yearAt(0, bars), yearAt(0.5, bars), yearAt(1, bars), yearAt(-3, bars)]).toEqual([1999, 2004, 2008, 1999]);
  });

  it('counts what lies in it', () => {
    expect(sumIn(bars, { from: 2000, to: 2008 })).toBe(3);
  });
});
