// What the map of a forecast shows of a month.
import { describe, expect, it } from 'vitest';
import { map } from './early_warning.examples';
import { firstForecast, measureAt, measureOf, monthAt, rowsAt, stepOf, valueAt, worldTotals } from './forecast_map';

const [mali, norway] = map.units as [(typeof map.units)[0], (typeof map.units)[0]];

describe('months of the map', () => {
  it('are observed, then forecast', () => {
    expect(firstForecast(map)).toBe(2);
    expect([0, 1, 2, 4].map((at) => measureAt(map, at, 'median'))).toEqual(['deaths', 'deaths', 'median', 'median']);
    expect([0, 1, 2, 4].map((at) => valueAt(map, mali, at, 'median'))).toEqual([120, 80, 70, 55]);
  });

  it('are known by the address; the first forecast one if it names none', () => {
    expect([monthAt(map, '2023-11'), monthAt(map, '2024-03'), monthAt(map, 'x'), monthAt(map, null)]).toEqual([
      0, 4, 2, 2
    ]);
    expect(monthAt({ months: ['2023-12'], first_forecast: '2024-01' }, null)).toBe(0);
  });

  it('are null where nothing is known', () => {
    expect(valueAt(map, norway, 1, 'p25')).toBeNull();
    expect(valueAt(map, norway, 9, 'p25')).toBeNull();
  });

  it('sum over the world what is known', () => {
    expect(worldTotals(map)).toEqual([120, 80, 90, 85, 80]);
  });
});

describe('steps of the ramp', () => {
  it('begin at the thresholds', () => {
    expect([0, 1, 24, 25, 99, 100, 300, 999, 1000, 90000].map((each) => stepOf(each, 'deaths'))).toEqual([
      0, 1, 1, 2, 2, 3, 4, 4, 5, 5
    ]);
    expect([0, 0.049, 0.05, 0.3, 0.75, 1].map((each) => stepOf(each, 'p25'))).toEqual([0, 0, 1, 3, 5, 5]);
    expect(stepOf(null, 'p25')).toBe(0);
  });
});

it('rows are the largest first, without what is not known', () => {
  expect(rowsAt(map, 0, 'p25').map((row) => [row.unit.id, row.value, row.step])).toEqual([
    ['MLI', 120, 3],
    ['NOR', 0, 0]
  ]);
  expect(rowsAt(map, 1, 'p25').map((row) => row.unit.id)).toEqual(['MLI']);
});

it('an unknown measure is the first', () => {
  expect([measureOf('q95'), measureOf('mean'), measureOf(null)]).toEqual(['q95', 'p25', 'p25']);
});
