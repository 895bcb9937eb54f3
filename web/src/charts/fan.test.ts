// The fan of a forecast: gaps, where it opens, which way time runs.
import { describe, expect, it } from 'vitest';
import type { FanMonth } from '$/api/early_warning';
import { deathMarks, fanLayout, type FanFrame } from './fan';

const frame: FanFrame = { width: 104, height: 100, start: 0, top: 0, bottom: 0 };
const month = (q50: number, more: Partial<FanMonth> = {}): FanMonth => ({
  month: '2024-01',
  mean: q50,
  q05: 0,
  q25: q50 / 2,
  q50,
  q75: q50 * 1.5,
  q95: q50 * 2,
  any: 1,
  p25: 1,
  p100: 1,
  p1000: 0,
  benchmark_q50: 10,
  benchmark_q95: 20,
  benchmark_p25: 0,
  ...more
});
const numbers = (path: string) =>
  path
    .split(/[MLZ]/)
    .filter(Boolean)
    .map((point) => point.split(',').map(Number));

describe('the line of what was observed', () => {
  it('is broken where a month is not known', () => {
    const { observed } = fanLayout([5, null, 7, 8], [], frame, 'linear', 'ltr');
    expect(observed.split('M').length - 1).toBe(2);
    expect(numbers(observed).map(([x]) => x)).toEqual([0, 0, 66.7, 66.7, 100]);
  });

  it('of one month alone is still seen', () => {
    expect(fanLayout([null, 3, null], [], frame, 'linear', 'ltr').observed).toMatch(/^M50\.0,.*L50\.0,/);
  });
});

describe('the bands', () => {
  const fan = [month(20), month(30)];

  it('open from the last known month', () => {
    const { band90, median, x, y } = fanLayout([4, 10], fan, frame, 'linear', 'ltr');
    expect(numbers(band90)).toHaveLength(6);
    expect(numbers(band90)[0]).toEqual(numbers(band90)[5]);
    expect(numbers(median)[0]).toEqual([Number(x(1).toFixed(1)), Number(y(10).toFixed(1))]);
  });

  it('stand alone after a month that is not known', () => {
    expect(numbers(fanLayout([4, null], fan, frame, 'linear', 'ltr').band90)).toHaveLength(4);
  });

  it('are none without a forecast', () => {
    const layout = fanLayout([4, 10], [], frame, 'log', 'ltr');
    expect([layout.band90, layout.band50, layout.median, layout.benchmarkHigh]).toEqual(['', '', '', '']);
  });

  it('fit: the highest is below the upper edge', () => {
    for (const scale of ['log', 'linear'] as const) {
      const { y } = fanLayout([4, 10], [month(5000)], frame, scale, 'ltr');
      expect(y(10000)).toBeGreaterThan(0);
      expect(y(10000)).toBeLessThan(8);
      expect(y(0)).toBe(100);
    }
  });
});

it('time begins where the line of text begins', () => {
  const ltr = fanLayout([1, 2, 3], [month(4)], frame, 'log', 'ltr');
  const rtl = fanLayout([1, 2, 3], [month(4)], frame, 'log', 'rtl');
  expect([ltr.x(0), rtl.x(0), ltr.x(3), rtl.x(3)]).toEqual([0, 104, 100, 4]);
});

it('marks are round, and powers of ten for the logarithm', () => {
  expect(deathMarks(1234, 'log')).toEqual([0, 1, 10, 100, 1000]);
  expect(deathMarks(230, 'linear')).toEqual([0, 100, 200]);
});
