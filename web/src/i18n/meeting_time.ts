// When a meeting is, by the clock of the place where it is held, and by the reader's where that shows another time.
import { locale, t } from './language.svelte';
import { zoned } from './zoned';

//   example  hours({ begins: '2026-03-26T09:00:00Z', ends: '2026-03-26T12:00:00Z', zone: 'Europe/Vienna' }) is "10:00–13:00"
export function hours(meeting: { begins: string; ends: string; zone: string }, zone = meeting.zone): string {
  const begins = zoned(meeting.begins, zone);
  const ends = zoned(meeting.ends, zone);
  if (!begins) return meeting.begins;
  if (!ends || meeting.ends === meeting.begins) return begins.clock;
  return t('cal.span', {
    from: begins.clock,
    to: ends.day === begins.day ? ends.clock : t('cal.spanDay', { day: ends.day, clock: ends.clock })
  });
}

// Minutes and seconds as a clock shows them, in the digits of the language; over the limit with a sign. It reads from the left
// in every language.
//   example  minutes(185) is "3:05", minutes(-7) is "−0:07"
export function minutes(seconds: number): string {
  const size = Math.abs(Math.trunc(seconds));
  const digits = (value: number, least: number) =>
    new Intl.NumberFormat(locale(), { minimumIntegerDigits: least, useGrouping: false }).format(value);
  return `${seconds < 0 ? '−' : ''}${digits(Math.floor(size / 60), 1)}:${digits(size % 60, 2)}`;
}

// The hours in the reader's zone, if they are others; else ''.
export function readersHours(meeting: { begins: string; ends: string; zone: string }, zone: string): string {
  const here = hours(meeting, zone);
  const there = hours(meeting);
  return here === there ? '' : here;
}
