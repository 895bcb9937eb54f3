// Numbers, sizes, days and instants, written as the language does.
import { language, locale, t } from './language.svelte';

export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

export function percent(part: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(part);
}

// A probability in whole percents; what rounds to none or all is said to be under or over, because neither is certain.
//   example  chance(0.004) is "under 1%"
export function chance(value: number): string {
  if (value > 0 && value < 0.01) return t('warn.below', { percent: percent(0.01) });
  if (value < 1 && value > 0.99) return t('warn.above', { percent: percent(0.99) });
  return percent(value);
}

// A number with so many digits after the point as it takes to tell it from its neighbours: three significant ones, none of
// a hundred and more.
export function measured(value: number): string {
  const size = Math.abs(value);
  return new Intl.NumberFormat(
    locale(),
    size >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }
  ).format(value);
}

// A difference, with its sign.
export function signed(value: number, digits = 1): string {
  return new Intl.NumberFormat(locale(), { signDisplay: 'exceptZero', maximumFractionDigits: digits }).format(value);
}

export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    ++step;
  }
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0
  }).format(value);
}

// A year is no quantity: no separators of thousands.
export function year(value: number): string {
  return new Intl.NumberFormat(locale(), { useGrouping: false }).format(value);
}

// Arabic papers of the organizations name each month twice, as it is called in the East and in the West of the Arab
// world.
const monthsInArabic = [
  'كانون الثاني/يناير',
  'شباط/فبراير',
  'آذار/مارس',
  'نيسان/أبريل',
  'أيار/مايو',
  'حزيران/يونيه',
  'تموز/يوليه',
  'آب/أغسطس',
  'أيلول/سبتمبر',
  'تشرين الأول/أكتوبر',
  'تشرين الثاني/نوفمبر',
  'كانون الأول/ديسمبر'
];

export function monthName(month: number): string {
  if (language() === 'ar') return monthsInArabic[month - 1] ?? '';
  return new Intl.DateTimeFormat(locale(), { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 15));
}

// A date with the parts that are known.
//   month, day  from 1; 0 if not known
export function date(at: { year: number; month?: number; day?: number }): string {
  const { month = 0, day = 0 } = at;
  if (month === 0) return year(at.year);
  if (language() === 'ar') {
    return [day > 0 ? number(day) : '', monthName(month), year(at.year)].filter(Boolean).join(' ');
  }
  const instant = new Date(Date.UTC(2000, month - 1, day || 15));
  instant.setUTCFullYear(at.year);
  return new Intl.DateTimeFormat(locale(), {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    ...(day > 0 ? { day: 'numeric' } : {})
  }).format(instant);
}

function parsed(iso: string): Date | null {
  const instant = new Date(iso);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

// An instant (RFC 3339) in the reader's time zone.
export function instant(iso: string): string {
  const at = parsed(iso);
  if (!at) return iso;
  const day = date({ year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() });
  const clock = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  return t('date.at', { day, clock });
}

// "three minutes ago", up to a month; then the day.
export function ago(iso: string, now: Date = new Date()): string {
  const at = parsed(iso);
  if (!at) return iso;
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60]
  ];
  if (Math.abs(seconds) > 30 * 86400) {
    return date({ year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() });
  }
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return relative.format(0, 'minute');
}

export function listed(words: string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(words);
}
