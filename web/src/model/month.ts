// A month as a calendar shows it: weeks from Monday, with the days before and after that fill them; and which meetings are
// on which day by the clock of the place where they are held. Plain text days (YYYY-MM-DD); no clock is read here.

export type Day = string; // "2026-03-29"

const millisecondsPerDay = 86_400_000;
const atNoon = (day: Day) => Date.parse(`${day}T12:00:00Z`);
const dayOf = (time: number): Day => new Date(time).toISOString().slice(0, 10);

//   example  addDays('2026-02-28', 1) is '2026-03-01'
export const addDays = (day: Day, days: number): Day => dayOf(atNoon(day) + days * millisecondsPerDay);

// The same day of another month, or its last where it has none such.
//   example  addMonths('2026-01-31', 1) is '2026-02-28'
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1, 12));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0, 12)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return dayOf(first.getTime());
}

// Monday of its week.
export function weekStart(day: Day): Day {
  const weekday = (new Date(atNoon(day)).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

export const monthOf = (day: Day): string => day.slice(0, 7);
export const isDay = (text: string | null): text is Day =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(atNoon(text)) && dayOf(atNoon(text)) === text;

// Weeks of seven days that together hold the month of this day.
export function weeksOf(day: Day): Day[][] {
  const month = monthOf(day);
  const weeks: Day[][] = [];
  for (let at = weekStart(`${month}-01`); monthOf(at) <= month; at = addDays(at, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(at, index)));
  }
  return weeks;
}

// The seven days of its week.
export const weekOf = (day: Day): Day[] => Array.from({ length: 7 }, (_, index) => addDays(weekStart(day), index));

// The day of an instant by the clock of a zone; by UTC if the zone is none that this browser knows.
//   example  dayIn('2026-03-28T23:30:00Z', 'Europe/Vienna') is '2026-03-29'
export function dayIn(instant: string, zone: string): Day {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  try {
    // Sweden writes dates as ISO 8601 does.
    return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);
  } catch {
    return dayOf(at.getTime());
  }
}

// What begins on each day, the earliest first.
export function byDay<T extends { begins: string; zone: string }>(meetings: readonly T[]): Map<Day, T[]> {
  const days = new Map<Day, T[]>();
  for (const meeting of [...meetings].sort((a, b) => a.begins.localeCompare(b.begins))) {
    const day = dayIn(meeting.begins, meeting.zone);
    days.set(day, [...(days.get(day) ?? []), meeting]);
  }
  return days;
}
