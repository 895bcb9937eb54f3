import { expect, it } from 'vitest';
import { announced, nearness, passedPart, restOf } from './countdown';

it('tells what is left in whole seconds', () => {
  expect(restOf(93_784_999)).toEqual({ days: 1, hours: 2, minutes: 3, seconds: 4 });
  expect(restOf(999)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
  expect(restOf(-5)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
});

it('says each moment once, not every second', () => {
  let before: number | null = null;
  const said: number[] = [];
  for (let left = 2 * 3_600_000; left >= -3000; left -= 1000) {
    const step = announced(before, left);
    if (step !== null) said.push(step / 1000);
    before = left;
  }
  expect(said).toEqual([3600, 1800, 600, 300, 60, 0]);
});

it('says the last moment only after a computer slept', () => {
  expect(announced(2 * 3_600_000, -1000)).toBe(0);
  expect(announced(null, 1000)).toBeNull();
});

it('knows how near a deadline is', () => {
  expect([0, 1, 7 * 3_600_000, 4 * 86_400_000].map(nearness)).toEqual(['passed', 'hours', 'days', 'later']);
});

it('knows how much of a stretch has passed', () => {
  expect(passedPart(0, 100, 25)).toBe(0.25);
  expect(passedPart(0, 100, 250)).toBe(1);
  expect(passedPart(100, 100, 0)).toBe(1);
});
