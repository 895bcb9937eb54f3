import { describe, expect, it } from 'vitest';
import { offsetMinutes, offsetText, readings, zoneChoices } from './local_time';

describe('readings of a local time', () => {
  it('is one on an ordinary day', () => {
    expect(readings('2026-12-03T12:00', 'Europe/Vienna')).toEqual([
      { instant: Date.UTC(2026, 11, 3, 11), offset: '+01:00' }
    ]);
    expect(readings('2026-07-03T12:00', 'Asia/Riyadh')).toEqual([
      { instant: Date.UTC(2026, 6, 3, 9), offset: '+03:00' }
    ]);
  });

  it('is none where clocks go forward over it', () => {
    expect(readings('2026-03-29T02:30', 'Europe/Vienna')).toEqual([]);
    expect(readings('2026-03-29T03:00', 'Europe/Vienna')).toEqual([
      { instant: Date.UTC(2026, 2, 29, 1), offset: '+02:00' }
    ]);
  });

  it('is two where clocks go back over it, the earlier first', () => {
    expect(readings('2026-10-25T02:30', 'Europe/Vienna')).toEqual([
      { instant: Date.UTC(2026, 9, 25, 0, 30), offset: '+02:00' },
      { instant: Date.UTC(2026, 9, 25, 1, 30), offset: '+01:00' }
    ]);
  });

  it('reads nothing out of what is no local time', () => {
    expect(readings('', 'UTC')).toEqual([]);
    expect(readings('2026-03-29', 'UTC')).toEqual([]);
  });
});

it('knows how far zones are ahead, west of Greenwich and by half hours too', () => {
  expect(offsetMinutes(Date.UTC(2026, 6, 1), 'Europe/Vienna')).toBe(120);
  expect(offsetMinutes(Date.UTC(2026, 0, 1, 0, 0, 0, 999), 'America/St_Johns')).toBe(-210);
  expect(offsetText(-210)).toBe('-03:30');
  expect(offsetText(0)).toBe('+00:00');
});

it('offers each zone once, the likeliest first', () => {
  const zones = zoneChoices(['Asia/Almaty', '']);
  expect(zones[0]).toBe('Asia/Almaty');
  expect(new Set(zones).size).toBe(zones.length);
});
