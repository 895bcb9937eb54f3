// Classes of counts.
import { describe, expect, it } from 'vitest';
import { classBounds, classOf, classRanges, rampStep } from './classes';

describe('classBounds', () => {
  it('has one class for each count while there are few', () => {
    expect(classBounds([2, 1, 2, 7, 0])).toEqual([1, 2, 7]);
  });

  it('goes by the geometric scale when there are many', () => {
    const bounds = classBounds([1, 2, 3, 5, 8, 13, 100]);
    expect(bounds.length).toBeLessThanOrEqual(5);
    expect(bounds.at(-1)).toBe(100);
    expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
  });

  it('is empty when there is nothing', () => {
    expect(classBounds([0, 0])).toEqual([]);
  });
});

describe('classOf', () => {
  it('puts every count into exactly the class whose range in the legend holds it', () => {
    const counts = [1, 2, 3, 5, 8, 13, 21, 34, 55, 400];
    const bounds = classBounds(counts);
    const ranges = classRanges(bounds);
    for (const count of counts) {
      const [from, to] = ranges[classOf(count, bounds) - 1] ?? [0, 0];
      expect(count).toBeGreaterThanOrEqual(from);
      expect(count).toBeLessThanOrEqual(to);
    }
    expect(classOf(0, bounds)).toBe(0);
  });
});

describe('rampStep', () => {
  it('uses the whole ramp however few classes there are', () => {
    expect([1, 2, 3].map((each) => rampStep(each, 3))).toEqual([1, 3, 5]);
    expect([1, 2].map((each) => rampStep(each, 2))).toEqual([1, 5]);
    expect(rampStep(1, 1)).toBe(3);
    expect(rampStep(0, 5)).toBe(0);
  });
});
