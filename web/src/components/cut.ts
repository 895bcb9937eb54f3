// Cutting a text at places that count code points (JavaScript's strings count UTF-16 units).
import type { Range } from '$/api/types';

// The unit at which each code point begins, and the length at the end.
export function codePointUnits(text: string): number[] {
  const out: number[] = [];
  let unit = 0;
  for (const character of text) {
    out.push(unit);
    unit += character.length;
  }
  out.push(unit);
  return out;
}

// The text in runs, marked and unmarked by turns; ranges may touch or overlap.
//   example  cutAt('abcd', [[1, 2]]) is a, b marked, cd
export function cutAt(text: string, ranges: Range[]): { text: string; marked: boolean }[] {
  const units = codePointUnits(text);
  const last = units.length - 1;
  const out: { text: string; marked: boolean }[] = [];
  let at = 0;
  const take = (to: number, marked: boolean) => {
    if (to > at) out.push({ text: text.slice(units[at], units[to]), marked });
    at = Math.max(at, to);
  };
  for (const [begin, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    take(Math.min(Math.max(begin, at), last), false);
    take(Math.min(end, last), true);
  }
  take(last, false);
  return out;
}
