// Lines of shares: gaps, and which way the years run.
import { expect, it } from 'vitest';
import { shareRuns, shareScales } from './share';

const frame = { width: 108, height: 100, start: 0, top: 0, bottom: 0 };

it('years run with the reading, shares upwards', () => {
  const ltr = shareScales(2000, 2010, frame, 'ltr');
  const rtl = shareScales(2000, 2010, frame, 'rtl');
  expect([ltr.x(2000), ltr.x(2010), rtl.x(2000), rtl.x(2010)]).toEqual([0, 100, 108, 8]);
  expect([ltr.y(0), ltr.y(0.6), ltr.y(1)]).toEqual([100, 40, 0]);
});

it('a year that is not known breaks the line', () => {
  const runs = shareRuns(
    [
      { year: 2003, share: 0.4 },
      { year: 2000, share: 0.1 },
      { year: 2001, share: 0.2 },
      { year: 2002, share: null },
      { year: 2006, share: 0.5 }
    ],
    shareScales(2000, 2010, frame, 'ltr')
  );
  expect(runs.map((run) => run.map((point) => point.year))).toEqual([[2000, 2001], [2003], [2006]]);
});
