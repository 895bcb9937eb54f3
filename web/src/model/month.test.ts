import { describe, expect, it } from 'vitest';
import { addMonths, byDay, dayIn, isDay, weekOf, weeksOf, weekStart } from './month';

describe('weeksOf', () => {
  it('holds the whole month in weeks from Monday', () => {
    const weeks = weeksOf('2026-03-15');
    expect(weeks[0]?.[0]).toBe('2026-02-23');
    expect(weeks.at(-1)?.[6]).toBe('2026-04-05');
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    for (let day = 1; day <= 31; ++day) expect(weeks.flat()).toContain(`2026-03-${String(day).padStart(2, '0')}`);
  });

  it('has no week without a day of the month, for every month of four years', () => {
    for (let month = 0; month < 48; ++month) {
      const day = addMonths('2024-01-31', month);
      for (const week of weeksOf(day)) expect(week.some((each) => each.slice(0, 7) === day.slice(0, 7))).toBe(true);
    }
  });

  it('gives February of 2027 its four weeks', () => expect(weeksOf('2027-02-10')).toHaveLength(4));
});

describe('dayIn', () => {
  it('is the day by the clock of the place, on both sides of summer time', () => {
    expect(dayIn('2026-03-28T23:30:00Z', 'Europe/Vienna')).toBe('2026-03-29');
    expect(dayIn('2026-03-29T21:59:59Z', 'Europe/Vienna')).toBe('2026-03-29');
    expect(dayIn('2026-03-29T22:00:00Z', 'Europe/Vienna')).toBe('2026-03-30');
  });

  it('takes UTC where the zone is unknown, and nothing where the instant is none', () => {
    expect(dayIn('2026-03-28T23:30:00Z', 'Nowhere/Town')).toBe('2026-03-28');
    expect(dayIn('soon', 'Europe/Vienna')).toBe('');
  });
});

describe('days', () => {
  it('know their week', () => {
    expect(weekStart('2026-03-29')).toBe('2026-03-23');
    expect(weekOf('2026-03-25').at(-1)).toBe('2026-03-29');
  });

  it('are told from what is none', () => {
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2028-02-29')).toBe(true);
    expect(isDay('tomorrow')).toBe(false);
    expect(isDay(null)).toBe(false);
  });
});

describe('byDay', () => {
  it('puts meetings on the day of their place, the earliest first', () => {
    const days = byDay([
      { begins: '2026-03-26T13:00:00Z', zone: 'Europe/Vienna', id: 'b' },
      { begins: '2026-03-26T09:00:00Z', zone: 'Europe/Vienna', id: 'a' },
      { begins: '2026-03-26T23:30:00Z', zone: 'Asia/Almaty', id: 'c' }
    ]);
    expect(days.get('2026-03-26')?.map((each) => each.id)).toEqual(['a', 'b']);
    expect(days.get('2026-03-27')?.map((each) => each.id)).toEqual(['c']);
  });
});
