// Which model is best, and by which interval.
import { describe, expect, it } from 'vitest';
import type { ScoreRow } from '$/api/early_warning';
import { bestModel, differenceOf, metricOf, scoreLines } from './scores';

const row = (model: string, crps: number | null, coverage = 0.9): ScoreRow => ({
  model,
  name: model.toUpperCase(),
  crps,
  ign: 1,
  mis: 1,
  log1p_crps: 1,
  brier: 1,
  coverage
});

describe('the best model', () => {
  it('has the least', () => {
    expect(bestModel([row('a', 44), row('b', 49), row('c', null)], 'crps')).toBe('a');
  });

  it('covers nearest to 90 %, not most', () => {
    expect(bestModel([row('a', 1, 0.99), row('b', 1, 0.86)], 'coverage')).toBe('b');
  });

  it('is none of two that are the same, and none of nobody', () => {
    expect(bestModel([row('a', 1), row('b', 1)], 'crps')).toBeNull();
    expect(bestModel([row('a', 2), row('b', 2), row('c', 1)], 'crps')).toBe('c');
    expect(bestModel([row('a', null)], 'crps')).toBeNull();
    expect(bestModel([], 'crps')).toBeNull();
  });
});

it('a difference is known with its interval, or not at all', () => {
  const row = { difference: { ign: -0.05, crps: -4 }, low: { ign: -0.1, crps: null }, high: { ign: 0 } };
  expect(differenceOf(row, 'ign')).toEqual({ value: -0.05, low: -0.1, high: 0 });
  expect(differenceOf(row, 'crps')).toBeNull();
  expect(differenceOf({}, 'mis')).toBeNull();
});

it('lines hold every window and the whole, with gaps', () => {
  const scores = {
    windows: [
      { origin: '2017-10', rows: [row('a', 1), row('b', 2)] },
      { origin: '2018-10', rows: [row('b', 4), row('c', 5)] }
    ],
    all: [row('b', 3), row('a', 1)]
  };
  expect(scoreLines(scores, 'crps')).toEqual([
    { model: 'b', name: 'B', values: [2, 4, 3] },
    { model: 'a', name: 'A', values: [1, null, 1] },
    { model: 'c', name: 'C', values: [null, 5, null] }
  ]);
});

it('an unknown metric is the first', () => {
  expect([metricOf('mis'), metricOf('x'), metricOf(null)]).toEqual(['mis', 'crps', 'crps']);
});
