// Instants by the clock of a named zone, not the reader's: deadlines are said in the zone of whoever set them.
import { date } from './format';
import { locale, t } from './language.svelte';

function partsIn(at: Date, zone: string): Record<string, string> {
  const parts = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric'
  }).formatToParts(at);
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

const zoneOr = (zone: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};

export interface Zoned {
  weekday: string;
  day: string;
  clock: string; // to the minute
  exact: string; // to the second, and to the millisecond if there are any
  offset: string; // 'GMT+2'
  zone: string; // 'Europe/Vienna'
  name: string; // 'Central European Summer Time'
}

// What the clock and the calendar of a zone show at an instant; null if it is none.
//   iso  RFC 3339
export function zoned(iso: string, zone: string): Zoned | null {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return null;
  const known = zoneOr(zone);
  const part = partsIn(at, known);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale(), { timeZone: known, ...options });
  const zonePart = (timeZoneName: 'shortOffset' | 'long') =>
    format({ timeZoneName })
      .formatToParts(at)
      .find((each) => each.type === 'timeZoneName')?.value ?? '';
  return {
    weekday: format({ weekday: 'long' }).format(at),
    day: date({ year: Number(part.year), month: Number(part.month), day: Number(part.day) }),
    clock: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at),
    exact: format({
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      ...(at.getTime() % 1000 === 0 ? {} : { fractionalSecondDigits: 3 as const })
    }).format(at),
    offset: known === 'UTC' ? 'UTC' : zonePart('shortOffset'),
    zone: known,
    name: zonePart('long')
  };
}

// In one line: 'Thursday, 3 December 2026, 12:00'.
export function zonedText(iso: string, zone: string): string {
  const at = zoned(iso, zone);
  return at ? t('zone.line', { weekday: at.weekday, day: at.day, clock: at.clock }) : iso;
}

// As exactly as the record knows it, for receipts on which something depends: '3 December 2026, 12:00:00.001'.
export function exactText(iso: string, zone: string): string {
  const at = zoned(iso, zone);
  return at ? t('zone.exact', { day: at.day, clock: at.exact }) : iso;
}

// A length of time in its two largest units, as a person would say it; parts of a second are left out.
//   example  lengthText(93_784_000) is '1 day, 2 hours'
export function lengthText(ms: number, units = 2): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const steps: [string, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1]
  ];
  let rest = seconds;
  const out: string[] = [];
  for (const [unit, length] of steps) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count === 0 && out.length === 0 && unit !== 'second') continue;
    if (out.length >= units) break;
    if (count > 0 || out.length === 0)
      out.push(new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(count));
  }
  return new Intl.ListFormat(locale(), { type: 'unit', style: 'long' }).format(out);
}
