// Scales of charts: where a value stands on an axis, which marks the axis has. Plain numbers in and out; nothing
// here knows the page.

// Which way an axis runs that follows the reading: time and order begin where the line of text begins. Magnitudes of bars
// do the same. Maps and the layout of a network have no reading direction and are never mirrored.
export type Reading = 'ltr' | 'rtl';

// A place along an axis, from the start of the line, as the distance from the left edge that SVG wants.
//   example  fromLeft(10, 100, 'rtl') is 90
export function fromLeft(along: number, length: number, reading: Reading): number {
  return reading === 'rtl' ? length - along : along;
}

// The left edge of a box that begins `along` the axis and is `size` long.
export function boxFromLeft(along: number, size: number, length: number, reading: Reading): number {
  return reading === 'rtl' ? length - along - size : along;
}

// Straight from one range to another; a domain without extent gives the middle of the range.
export function linear(domain: readonly [number, number], range: readonly [number, number]): (value: number) => number {
  const [from, to] = domain;
  const [start, end] = range;
  if (to === from) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

// Round marks from 0 to at least the largest value.
//   example  marks(23, 4) is [0, 10, 20, 30]
export function marks(max: number, about: number): number[] {
  if (max <= 0) return [0];
  const rough = max / Math.max(1, about - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? 10 * power);
  const out: number[] = [];
  for (let value = 0; value < max + step; value += step) out.push(value);
  return out;
}

// Years to name on an axis: round ones, so many that their names do not touch.
//   example  yearMarks(1993, 2018, 4) is [2000, 2010]
export function yearMarks(first: number, last: number, most: number): number[] {
  const span = last - first;
  const step = [1, 2, 5, 10, 20, 25, 50, 100].find((each) => Math.floor(span / each) + 1 <= most) ?? 200;
  const out: number[] = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) out.push(year);
  return out;
}
