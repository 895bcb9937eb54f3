import { describe, expect, it } from 'vitest';
import { moveInMonth } from './move_in_month';

const moved = (at: string, key: string, rtl = false, shiftKey = false) => moveInMonth(at, { key, shiftKey }, rtl);

describe('moveInMonth', () => {
  it('follows what is seen: the left arrow goes to the next day in Arabic and to the one before in English', () => {
    expect(moved('2026-03-29', 'ArrowLeft', true)).toBe('2026-03-30');
    expect(moved('2026-03-29', 'ArrowRight', true)).toBe('2026-03-28');
    expect(moved('2026-03-29', 'ArrowLeft', false)).toBe('2026-03-28');
  });

  it('goes by weeks, months and years, over their ends', () => {
    expect(moved('2026-12-30', 'ArrowDown')).toBe('2027-01-06');
    expect(moved('2026-01-31', 'PageDown')).toBe('2026-02-28');
    expect(moved('2028-02-29', 'PageUp', false, true)).toBe('2027-02-28');
  });

  it('goes to Monday and to Sunday of the week', () => {
    expect(moved('2026-03-26', 'Home')).toBe('2026-03-23');
    expect(moved('2026-03-26', 'End')).toBe('2026-03-29');
  });

  it('leaves other keys alone', () => expect(moved('2026-03-26', 'Enter')).toBeNull());
});
