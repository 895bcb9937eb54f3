import { expect, it } from 'vitest';
import { linesAround, merged, placesOf, rawOf, textOf } from './places';

// Two lines of an example, the second one repaired: 75 stands for 57 in the raw text.
const paragraph = {
  text: 'شراكة OSCE 57',
  pieces: [
    { range: [0, 5] as [number, number], raw_bytes: [6, 16] as [number, number], verbatim: true },
    { range: [5, 6] as [number, number], raw_bytes: [0, 0] as [number, number], verbatim: false },
    { range: [6, 11] as [number, number], raw_bytes: [1, 6] as [number, number], verbatim: true },
    { range: [11, 13] as [number, number], raw_bytes: [16, 18] as [number, number], verbatim: false }
  ]
};

it('follows words letter by letter where they stand as they came', () => {
  const places = placesOf(paragraph);
  expect(rawOf(places, [0, 1])).toEqual([[6, 8]]);
  expect(rawOf(places, [6, 10])).toEqual([[1, 5]]);
  expect(textOf(places, [[1, 5]])).toEqual([[6, 10]]);
});

it('points from a changed word to all that it replaces', () => {
  const places = placesOf(paragraph);
  expect(rawOf(places, [11, 12])).toEqual([[16, 18]]);
  expect(textOf(places, [[17, 18]])).toEqual([[11, 13]]);
});

it('has no place for a blank put between two lines', () => {
  expect(rawOf(placesOf(paragraph), [5, 6])).toEqual([]);
});

it('comes back from every stretch of words to words that hold it', () => {
  const places = placesOf(paragraph);
  for (let begin = 0; begin < 13; ++begin) {
    for (let end = begin + 1; end <= 13; ++end) {
      const back = textOf(places, rawOf(places, [begin, end]));
      for (let at = begin; at < end; ++at) {
        if ((places.begins[at] ?? -1) >= 0) expect(back.some(([a, b]) => a <= at && at < b)).toBe(true);
      }
    }
  }
});

it('merges what touches', () => {
  expect(
    merged([
      [4, 6],
      [0, 2],
      [2, 3]
    ])
  ).toEqual([
    [0, 3],
    [4, 6]
  ]);
});

it('grows places to whole lines, and joins those with only blank lines between', () => {
  const bytes = new TextEncoder().encode('first line\n\nsecond line\nthird\n');
  expect(
    linesAround(bytes, 0, [
      [2, 4],
      [14, 16]
    ])
  ).toEqual([[0, 23]]);
  expect(
    linesAround(bytes, 0, [
      [2, 4],
      [26, 27]
    ])
  ).toEqual([
    [0, 10],
    [24, 29]
  ]);
  expect(linesAround(bytes, 100, [[102, 104]])).toEqual([[100, 110]]);
});
