// Shares by year as lines: places of the points, broken where a year is not known. Years begin where the line of text begins.
import { fromLeft, linear, type Reading } from './scale';

export interface ShareFrame {
  width: number;
  height: number;
  start: number;
  top: number;
  bottom: number;
}

export interface SharePoint {
  year: number;
  share: number;
  x: number;
  y: number;
}

export function shareScales(first: number, last: number, frame: ShareFrame, reading: Reading) {
  const along = linear([first, last], [frame.start, frame.width - 8]);
  const upward = linear([0, 1], [frame.height - frame.bottom, frame.top]);
  return { x: (year: number) => fromLeft(along(year), frame.width, reading), y: upward };
}

// The points of a series, in runs without a gap.
export function shareRuns(
  years: readonly { year: number; share: number | null }[],
  scales: ReturnType<typeof shareScales>
): SharePoint[][] {
  const runs: SharePoint[][] = [];
  let before: number | null = null;
  for (const { year, share } of [...years].sort((a, b) => a.year - b.year)) {
    if (share === null || Number.isNaN(share)) continue;
    const point = { year, share, x: scales.x(year), y: scales.y(share) };
    if (before !== null && year === before + 1) runs.at(-1)?.push(point);
    else runs.push([point]);
    before = year;
  }
  return runs;
}
