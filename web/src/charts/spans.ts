// Statuses over time as spans on lanes: where each begins and ends, and how sure that is. Dates are EDTF.
import { yearsOf, type Spell } from '$/model/spells';

export interface Span<S extends Spell = Spell> {
  spell: S;
  from: number; // in years, with the part of the year: 1993.5 is July 1993
  to: number;
  vagueStart: boolean; // the date is unknown, about, or known to a year or more only
  vagueEnd: boolean;
  open: boolean; // it lasts
}

export interface Lane<S extends Spell = Spell> {
  group: string;
  name: string;
  spans: Span<S>[];
}

// The lanes, in the order in which their first span begins; those that last before those that ended.
//   now  the end of the axis, in years
export function lanesOf<S extends Spell>(
  spells: readonly S[],
  now: number
): { lanes: Lane<S>[]; first: number; last: number } {
  const lanes = new Map<string, Lane<S>>();
  let first = Infinity;
  for (const spell of spells) {
    const start = yearsOf(spell.since);
    const end = yearsOf(spell.until);
    const open = spell.until === '' || spell.until === '..';
    const from = start?.from ?? end?.from ?? now;
    const span: Span<S> = {
      spell,
      from,
      to: open ? now : Math.max(from, end?.from ?? now),
      vagueStart: start === null || start.vague,
      vagueEnd: !open && (end === null || end.vague),
      open
    };
    if (start) first = Math.min(first, start.from);
    const lane = lanes.get(spell.group) ?? { group: spell.group, name: spell.name, spans: [] };
    lane.spans.push(span);
    lanes.set(spell.group, lane);
  }
  const begin = (lane: Lane<S>) => Math.min(...lane.spans.map((span) => span.from));
  const lasts = (lane: Lane<S>) => lane.spans.some((span) => span.open);
  const sorted = [...lanes.values()].sort(
    (a, b) => Number(lasts(b)) - Number(lasts(a)) || begin(a) - begin(b) || (a.name < b.name ? -1 : 1)
  );
  for (const lane of sorted) lane.spans.sort((a, b) => a.from - b.from);
  return { lanes: sorted, first: Number.isFinite(first) ? first : now - 1, last: now };
}
