// The fan of a forecast: what was observed month by month, then bands that widen. Time begins where the line of text
// begins; deaths go upwards, straight or by their logarithm.
import type { FanMonth } from '$/api/early_warning';
import { fromLeft, linear, marks, type Reading } from './scale';

export type FanScale = 'log' | 'linear';

export interface FanFrame {
  width: number;
  height: number;
  start: number; // room at the start of the line, for numbers
  top: number;
  bottom: number;
}

export interface FanLayout {
  x: (month: number) => number; // months from the first observed one
  y: (deaths: number) => number;
  marks: number[];
  observed: string; // paths
  band90: string;
  band50: string;
  median: string;
  benchmarkMedian: string;
  benchmarkHigh: string;
}

const at = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`;

// A line through points, broken where one is not known. A point alone is a stroke too short to have a direction.
function line(points: readonly ([number, number] | null)[]): string {
  let out = '';
  let open = false;
  for (const point of points) {
    if (point) out += `${open ? 'L' : 'M'}${at(...point)}`;
    if (point && !open) out += `L${at(...point)}`;
    open = point !== null;
  }
  return out;
}

function area(upper: readonly [number, number][], lower: readonly [number, number][]): string {
  if (upper.length === 0) return '';
  return `M${[...upper, ...[...lower].reverse()].map((point) => at(...point)).join('L')}Z`;
}

// Marks of the axis of deaths: 0 and powers of ten for the logarithm.
export function deathMarks(max: number, scale: FanScale): number[] {
  if (scale === 'linear') return marks(max, 5).filter((mark) => mark <= max * 1.02);
  const out = [0];
  for (let mark = 1; mark <= max; mark *= 10) out.push(mark);
  return out;
}

//   observed  deaths of each month, oldest first; null where not known
//   fan       the months after them
export function fanLayout(
  observed: readonly (number | null)[],
  fan: readonly FanMonth[],
  frame: FanFrame,
  scale: FanScale,
  reading: Reading
): FanLayout {
  const highest = Math.max(
    scale === 'log' ? 10 : 5,
    ...observed.map((value) => value ?? 0),
    ...fan.flatMap((month) => [month.q95, month.benchmark_q95])
  );
  const count = observed.length + fan.length;
  const along = linear([0, Math.max(1, count - 1)], [frame.start, frame.width - 4]);
  const x = (month: number) => fromLeft(along(month), frame.width, reading);
  const of = (deaths: number) => (scale === 'log' ? Math.log1p(Math.max(0, deaths)) : deaths);
  const upward = linear([0, of(highest * 1.04)], [frame.height - frame.bottom, frame.top]);
  const y = (deaths: number) => upward(of(deaths));

  // The fan opens from the last month that is known.
  const last = observed.at(-1);
  const apex: [number, number][] =
    last === undefined || last === null ? [] : [[x(observed.length - 1), y(last)] as [number, number]];
  const through = (value: (month: FanMonth) => number): [number, number][] => [
    ...apex,
    ...fan.map((month, index): [number, number] => [x(observed.length + index), y(value(month))])
  ];
  const plain = (value: (month: FanMonth) => number) =>
    line(fan.map((month, index): [number, number] => [x(observed.length + index), y(value(month))]));
  return {
    x,
    y,
    marks: deathMarks(highest, scale),
    observed: line(observed.map((value, month) => (value === null ? null : [x(month), y(value)]))),
    band90: fan.length
      ? area(
          through((month) => month.q95),
          through((month) => month.q05)
        )
      : '',
    band50: fan.length
      ? area(
          through((month) => month.q75),
          through((month) => month.q25)
        )
      : '',
    median: fan.length ? line(through((month) => month.q50)) : '',
    benchmarkMedian: plain((month) => month.benchmark_q50),
    benchmarkHigh: plain((month) => month.benchmark_q95)
  };
}
