// Bodies as their pages show them: whose turn the chair is on a day, and the chairs of each year.
import type { Chair } from '$/api/meetings';
import { addDays, type Day } from './month';

// Who has the chair on a day. The day in `to` is the first on which a State no longer has it; without one it goes on.
export function chairsOn(chairs: readonly Chair[], day: Day): Chair[] {
  return chairs.filter((each) => each.from <= day && (each.to === null || day < each.to));
}

// The last day of a term, as people say it; empty while it has no end.
//   example  lastDay({ to: '2027-01-01' }) is '2026-12-31'
export const lastDay = (term: { to: string | null }): string => (term.to === null ? '' : addDays(term.to, -1));

// A term as a stretch of time (EDTF).
export const termOf = (term: { from: string; to: string | null }): string => `${term.from}/${lastDay(term) || '..'}`;

// The chairs of each year, the earliest year first. One who chairs over New Year is in both.
export function chairsByYear(chairs: readonly Chair[]): { year: number; chairs: Chair[] }[] {
  const years = new Map<number, Chair[]>();
  for (const chair of chairs) {
    const first = Number(chair.from.slice(0, 4));
    const last = Number((lastDay(chair) || chair.from).slice(0, 4));
    if (!first || last - first > 200) continue;
    for (let year = first; year <= last; ++year) years.set(year, [...(years.get(year) ?? []), chair]);
  }
  return [...years.entries()].sort(([a], [b]) => a - b).map(([year, list]) => ({ year, chairs: list }));
}
