// The conflict map: years of a course without gaps, the claim of a document as a share.
import type { Claim, Conflict, ConflictYear } from '$/api/early_warning';

// One value for each year of a stretch, empty years too.
//   example  courseBetween([{ year: 2001, deaths: 5, events: 1 }], 2000, 2002) is [0, 5, 0]
export function courseBetween(course: readonly ConflictYear[], first: number, last: number): number[] {
  const deaths = new Map(course.map((each) => [each.year, each.deaths]));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => deaths.get(first + at) ?? 0);
}

// The years that any of them knows.
export function yearsOfConflicts(conflicts: readonly Conflict[]): { first: number; last: number } | null {
  let first = Infinity;
  let last = -Infinity;
  for (const { course } of conflicts) {
    for (const { year } of course) {
      first = Math.min(first, year);
      last = Math.max(last, year);
    }
  }
  return first <= last ? { first, last } : null;
}

// A share that a document states, 0 to 1: "60", 60, 0.6 and "60 %" are the same; null if it is no share.
export function claimedShare(claim: Pick<Claim, 'value'>): number | null {
  const digits = String(claim.value ?? '')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace('٫', '.');
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*[%٪]?\s*$/.exec(digits);
  if (!found) return null;
  const value = Number(found[1]?.replace(',', '.'));
  const share = value > 1 ? value / 100 : value;
  return share <= 1 ? share : null;
}
