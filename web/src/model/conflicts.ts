// The conflict map: years of a course without gaps, the claim of a document beside the figure of its year.
import type { Claim, Conflict, ConflictYear, ShareYear } from '$/api/early_warning';

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
export function claimedShare(claim: Claim): number | null {
  const digits = String(claim.value ?? '')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace('٫', '.');
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*[%٪]?\s*$/.exec(digits);
  if (!found) return null;
  const value = Number(found[1]?.replace(',', '.'));
  const share = value > 1 ? value / 100 : value;
  return share <= 1 ? share : null;
}

// The figures of the year that a claim speaks of; of the last year if it names none that is known.
export function computedFor(claim: Claim, years: readonly ShareYear[]): ShareYear | null {
  return years.find((each) => each.year === claim.year) ?? years.at(-1) ?? null;
}

// What stands as evidence, as lines of text: the server's own words, whatever their shape.
export function evidenceLines(evidence: readonly unknown[]): string[] {
  return evidence.flatMap((each) => {
    if (typeof each === 'string') return [each];
    if (typeof each !== 'object' || each === null) return [String(each)];
    const { said, text, words, source } = each as Record<string, unknown>;
    const line = [said, text, words].find((value) => typeof value === 'string') as string | undefined;
    return line ? [typeof source === 'string' && source ? `${line} (${source})` : line] : [];
  });
}
