// Who holds which status on a day, and how statuses are told apart on a drawing.
import type { StatusSpell } from '$/api/activity';
import type { Named } from '$/api/types';
import { holdsAt, yearsOf } from './spells';

export interface Standing {
  other: Named; // the State of an organization's page, the organization of a State's
  spell: StatusSpell;
  certain: boolean;
}

// An organization's page asks for its States, a State's page for its organizations.
export type Side = 'state' | 'organization';

//   at  a day as ISO 8601: 2018-12-31
export function standingsAt(spells: readonly StatusSpell[], side: Side, at: string): Standing[] {
  const instant = yearsOf(at)?.from;
  if (instant === undefined) return [];
  return spells
    .flatMap((spell) => {
      const holds = holdsAt(spell, instant);
      return holds === 'no' ? [] : [{ other: spell[side], spell, certain: holds === 'yes' }];
    })
    .sort((a, b) => (a.spell.status < b.spell.status ? -1 : a.spell.status > b.spell.status ? 1 : 0));
}

// The statuses of some spells, the most frequent first, each with the style that it is drawn in: four can be told apart
// without colour, and what is more shares the last.
export interface StatusStyle {
  status: string;
  name: string;
  style: 1 | 2 | 3 | 4;
  count: number;
}

export function statusStyles(spells: readonly StatusSpell[]): StatusStyle[] {
  const found = new Map<string, StatusStyle>();
  for (const spell of spells) {
    const entry = found.get(spell.status) ?? { status: spell.status, name: spell.status_name, style: 4, count: 0 };
    ++entry.count;
    found.set(spell.status, entry);
  }
  // A suspension always looks the same, whatever else there is.
  const ordered = [...found.values()].sort(
    (a, b) =>
      Number(a.status === 'suspended') - Number(b.status === 'suspended') ||
      b.count - a.count ||
      (a.status < b.status ? -1 : 1)
  );
  ordered.forEach((entry, at) => {
    entry.style = entry.status === 'suspended' ? 4 : (Math.min(at + 1, 3) as 1 | 2 | 3);
  });
  return ordered;
}

// The day that the page looks at: the one of the address if it is one, else today.
export function dayOf(at: string | null, today: string): string {
  if (at && /^\d{4}$/.test(at)) return `${at}-12-31`;
  if (at && /^\d{4}-(0[1-9]|1[0-2])$/.test(at)) return `${at}-01`;
  return at && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(at) ? at : today;
}

export function isoDay(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
