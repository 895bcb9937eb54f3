// Measures and months of the map go together.
import { expect, it } from 'vitest';
import { chooseMeasure, nextMonth } from './choose_measure';

it('deaths are looked at in the last observed month, a probability in the first forecast one', () => {
  expect(chooseMeasure({ at: 30, measure: 'p25' }, 'deaths', 24, 60)).toEqual({ at: 23, measure: 'p25' });
  expect(chooseMeasure({ at: 3, measure: 'p25' }, 'median', 24, 60)).toEqual({ at: 24, measure: 'median' });
});

it('a month on the right side stays', () => {
  expect(chooseMeasure({ at: 3, measure: 'q95' }, 'deaths', 24, 60)).toEqual({ at: 3, measure: 'q95' });
  expect(chooseMeasure({ at: 40, measure: 'q95' }, 'p100', 24, 60)).toEqual({ at: 40, measure: 'p100' });
});

it('months without a forecast, or without anything observed, stay inside', () => {
  expect(chooseMeasure({ at: 3, measure: 'p25' }, 'p100', 24, 24)).toEqual({ at: 23, measure: 'p100' });
  expect(chooseMeasure({ at: 3, measure: 'p25' }, 'deaths', 0, 24)).toEqual({ at: 0, measure: 'p25' });
});

it('after the last month comes the first', () => {
  expect([nextMonth(0, 3), nextMonth(1, 3), nextMonth(2, 3)]).toEqual([1, 2, 0]);
});
