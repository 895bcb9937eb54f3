import { expect, it } from 'vitest';
import { cutAt } from './cut';

it('cuts at code points, not at UTF-16 units', () => {
  expect(cutAt('a𐎀bc', [[1, 3]])).toEqual([
    { text: 'a', marked: false },
    { text: '𐎀b', marked: true },
    { text: 'c', marked: false }
  ]);
});

it('bears ranges that overlap, touch or leave the text', () => {
  const text = 'متابعة القرار';
  for (const ranges of [
    [
      [0, 6],
      [3, 8]
    ],
    [[5, 99]],
    [[7, 7]],
    []
  ] as [number, number][][]) {
    expect(
      cutAt(text, ranges)
        .map((run) => run.text)
        .join('')
    ).toBe(text);
  }
});
