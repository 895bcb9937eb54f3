import { describe, expect, it } from 'vitest';
import { longest, partsOf } from './fund_parts';

const minor = (sums: Parameters<typeof longest>[0]) =>
  Object.fromEntries(partsOf(sums, longest(sums)).map(({ part, minor: each }) => [part, each]));

describe('partsOf', () => {
  it('splits what was pledged into what became of it', () => {
    expect(minor({ pledged: 1000, received: 800, allotted: 500, spent: 200 })).toEqual({
      spent: 200,
      allotted: 300,
      received: 300,
      pledged: 200
    });
  });

  it('adds up to the whole bar, whatever exceeds what', () => {
    for (const sums of [
      { pledged: 0, received: 900, allotted: 100, spent: 100 },
      { pledged: 100, received: 50, allotted: 400, spent: 10 },
      { pledged: 0, received: 0, allotted: 0, spent: 0 }
    ]) {
      const parts = partsOf(sums, longest(sums));
      expect(parts.reduce((sum, each) => sum + each.minor, 0)).toBe(longest(sums));
      expect(parts.every((each) => each.minor >= 0 && each.share >= 0)).toBe(true);
      for (let at = 1; at < parts.length; ++at)
        expect(parts[at]?.start).toBeCloseTo((parts[at - 1]?.start ?? 0) + (parts[at - 1]?.share ?? 0));
    }
  });
});
