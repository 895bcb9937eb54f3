// The histogram of statements by year and the stretch of years chosen on it.
import type { Year } from '$/api/activity';

export interface YearBar {
  year: number;
  statements: number;
}

export interface YearRange {
  from: number;
  to: number;
}

// One bar for each year from the first to the last, empty years too: a gap in time must be seen as a gap.
// A few stray dates (a treaty of 1815 beside papers of today) would flatten everything else: the axis then begins where
// all but a hundredth of the statements lie, and says how many it leaves out before it.
export function yearBars(years: readonly Year[], spanMax = 120): { bars: YearBar[]; before: number } {
  const sorted = [...years].filter((each) => each.statements > 0).sort((a, b) => a.year - b.year);
  const last = sorted.at(-1)?.year;
  let first = sorted[0]?.year;
  if (first === undefined || last === undefined) return { bars: [], before: 0 };
  let before = 0;
  if (last - first > spanMax) {
    const kept = sorted.filter((each) => each.year >= last - spanMax);
    before = sorted.filter((each) => each.year < last - spanMax).reduce((sum, each) => sum + each.statements, 0);
    first = kept[0]?.year ?? last;
  }
  const counts = new Map(sorted.map((each) => [each.year, each.statements]));
  const bars: YearBar[] = [];
  for (let year = first; year <= last; ++year) bars.push({ year, statements: counts.get(year) ?? 0 });
  return { bars, before };
}

// The chosen years inside what there is; all of them when nothing is chosen.
export function clampRange(chosen: Partial<YearRange>, bars: readonly YearBar[]): YearRange {
  const first = bars[0]?.year ?? 0;
  const last = bars.at(-1)?.year ?? 0;
  const from = Math.min(Math.max(chosen.from ?? first, first), last);
  const to = Math.min(Math.max(chosen.to ?? last, first), last);
  return from <= to ? { from, to } : { from: to, to: from };
}

// The year under a pointer.
//   part  0 at the start of the axis, 1 at its end
export function yearAt(part: number, bars: readonly YearBar[]): number {
  const at = Math.min(bars.length - 1, Math.max(0, Math.floor(part * bars.length)));
  return bars[at]?.year ?? 0;
}

export function sumIn(bars: readonly YearBar[], range: YearRange): number {
  return bars.reduce((sum, bar) => (bar.year >= range.from && bar.year <= range.to ? sum + bar.statements : sum), 0);
}
