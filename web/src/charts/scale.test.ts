// Axes: places, marks, and which way they run.
import { describe, expect, it } from 'vitest';
import { boxFromLeft, fromLeft, linear, marks, yearMarks } from './scale';

describe('an axis that follows the reading', () => {
  it('begins at the left from left to right and at the right from right to left', () => {
    expect([fromLeft(10, 100, 'ltr'), fromLeft(10, 100, 'rtl')]).toEqual([10, 90]);
  });

  it('keeps a box inside and its size', () => {
    expect([boxFromLeft(0, 20, 100, 'ltr'), boxFromLeft(0, 20, 100, 'rtl')]).toEqual([0, 80]);
    expect([boxFromLeft(80, 20, 100, 'ltr'), boxFromLeft(80, 20, 100, 'rtl')]).toEqual([80, 0]);
  });
});

describe('linear', () => {
  it('goes straight from one range to the other', () => {
    const scale = linear([1990, 2000], [0, 50]);
    expect([scale(1990), scale(1995), scale(2000)]).toEqual([0, 25, 50]);
  });

  it('gives the middle when the domain is one value', () => {
    expect(linear([5, 5], [0, 50])(5)).toBe(25);
  });
});

describe('marks', () => {
  it('are round and reach the largest value', () => {
    expect(marks(23, 4)).toEqual([0, 10, 20, 30]);
    expect(marks(1, 4)).toEqual([0, 1]);
    expect(marks(0, 4)).toEqual([0]);
    for (let max = 1; max < 3000; max += 17) {
      const all = marks(max, 4);
      expect(all.at(-1)).toBeGreaterThanOrEqual(max);
      expect(all.length).toBeLessThanOrEqual(6);
      expect(all.every((mark) => Number.isInteger(mark))).toBe(true);
    }
  });
});

describe('yearMarks', () => {
  it('names round years, never more than fit', () => {
    expect(yearMarks(1993, 2018, 4)).toEqual([2000, 2010]);
    expect(yearMarks(1999, 2001, 4)).toEqual([1999, 2000, 2001]);
    for (let span = 0; span < 400; span += 7) expect(yearMarks(1900, 1900 + span, 5).length).toBeLessThanOrEqual(5);
  });
});
