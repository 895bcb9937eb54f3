// Clocks on walls: which instants a local time of a zone can mean, and what a zone's clock shows at an instant.

// The parts of what the clock of a zone shows, year to second.
function shown(instant: number, zone: string): number[] {
  const parts = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric'
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return ['year', 'month', 'day', 'hour', 'minute', 'second'].map(part);
}

// Minutes that a zone's clock is ahead of UTC.
//   example  offsetMinutes(Date.UTC(2026, 6, 1), 'Europe/Vienna') is 120
export function offsetMinutes(instant: number, zone: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = shown(instant, zone);
  const whole = Math.floor(instant / 1000) * 1000;
  return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - whole) / 60_000);
}

//   example  offsetText(-210) is '-03:30'
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export interface Reading {
  instant: number; // ms since 1970
  offset: string; // '+02:00'
}

// The instants that a local time can mean: none where clocks go forward over it, two where they go back over it.
//   local    '2026-10-25T02:30'
//   example  readings('2026-10-25T02:30', 'Europe/Vienna') has two: +02:00, then +01:00
export function readings(local: string, zone: string): Reading[] {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/.exec(local);
  if (!match) return [];
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((each) => Number(each ?? 0));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const halfDay = 12 * 3_600_000;
  const offsets = new Set([offsetMinutes(asUtc - 2 * halfDay, zone), offsetMinutes(asUtc + 2 * halfDay, zone)]);
  return [...offsets]
    .map((offset) => ({ instant: asUtc - offset * 60_000, offset: offsetText(offset), minutes: offset }))
    .filter(({ instant, minutes }) => offsetMinutes(instant, zone) === minutes)
    .sort((a, b) => a.instant - b.instant)
    .map(({ instant, offset }) => ({ instant, offset }));
}

export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

// Zones to choose from, those that are likeliest first.
export function zoneChoices(first: readonly string[]): string[] {
  const all = (Intl as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.('timeZone') ?? [];
  return [...new Set([...first.filter(Boolean), readersZone(), 'Europe/Vienna', 'UTC', ...all])];
}
