// Where the circles of a picture of reliability stand.
import { expect, it } from 'vitest';
import { along, reliabilityPlaces, upward } from './reliability';

const frame = { width: 220, height: 200, start: 20, end: 0, top: 0, bottom: 0 };
const bins = [
  { count: 10000, probability: 0, happened: 0 },
  { count: 0, probability: null, happened: null },
  { count: 1, probability: 1, happened: 0.5 }
];

it('what was forecast runs with the reading, what happened upwards', () => {
  expect(reliabilityPlaces(bins, frame, 'ltr', { min: 2, max: 10 }).map(({ x, y }) => [x, y])).toEqual([
    [20, 200],
    [220, 100]
  ]);
  expect(reliabilityPlaces(bins, frame, 'rtl', { min: 2, max: 10 }).map(({ x, y }) => [x, y])).toEqual([
    [200, 200],
    [0, 100]
  ]);
});

it('circles grow with the cases, and none is too small to be seen', () => {
  const [many, one] = reliabilityPlaces(bins, frame, 'ltr', { min: 2, max: 10 });
  expect(many?.radius).toBe(10);
  expect(one?.radius).toBeCloseTo(2.8);
});

it('the diagonal ends where all happened that was certain', () => {
  expect([along(frame, 'ltr')(1), upward(frame)(1)]).toEqual([220, 0]);
});
