// The stretch of years after one of its ends was moved: the ends never cross, and all the years are no filter.
import type { YearRange } from '$/model/years';

export function chooseYears(
  range: YearRange,
  moved: Partial<YearRange>,
  all: YearRange
): { range: YearRange; from: string; to: string } {
  let from = moved.from ?? range.from;
  let to = moved.to ?? range.to;
  if (from > to) {
    if (moved.from !== undefined) to = from;
    else from = to;
  }
  const everything = from <= all.from && to >= all.to;
  return { range: { from, to }, from: everything ? '' : String(from), to: everything ? '' : String(to) };
}
