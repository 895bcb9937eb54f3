import { describe, expect, it } from 'vitest';
import { afterOf, beforeOf, wordDiff } from './word_diff';

const brief = (before: string, after: string) =>
  wordDiff(before, after).map(({ kind, text }) => `${kind === 'same' ? '=' : kind === 'added' ? '+' : '-'}${text}`);

describe('wordDiff', () => {
  it('names the words that differ, in any script', () => {
    expect(brief('five factors', 'six factors')).toEqual(['-five', '+six', '= factors']);
    expect(brief('يقرر المجلس الدائم منح المركز', 'يقرر المجلس الدائم منح صفة الشريك')).toEqual([
      '=يقرر المجلس الدائم منح ',
      '-المركز',
      '+صفة الشريك'
    ]);
    expect(brief('решает предоставить статус', 'решает предоставить статус партнера')).toEqual([
      '=решает предоставить статус',
      '+ партнера'
    ]);
  });

  it('keeps letters together with their marks', () => {
    expect(brief('قُرِّرَ اليوم', 'قُرِّرَ أمس')).toEqual(['=قُرِّرَ ', '-اليوم', '+أمس']);
  });

  it('is one change where a phrase was rewritten', () => {
    expect(brief('a one two three z', 'a four five six z')).toEqual(['=a ', '-one two three', '+four five six', '= z']);
  });

  it('tells nothing for the same text, and everything for a new one', () => {
    expect(brief('same words', 'same words')).toEqual(['=same words']);
    expect(brief('', 'new words')).toEqual(['+new words']);
    expect(brief('old words', '')).toEqual(['-old words']);
    expect(brief('', '')).toEqual([]);
  });

  it('gives both versions back, whatever they are', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const words = ['a', 'ب', ' ', '  ', '\n', 'و', ',', '.', 'то', 'PC.DEC/1'];
    const text = () => Array.from({ length: random(14) }, () => words[random(words.length)]).join('');
    for (let turn = 0; turn < 3000; ++turn) {
      const before = text();
      const after = text();
      const pieces = wordDiff(before, after);
      expect(beforeOf(pieces), JSON.stringify([before, after, pieces])).toBe(before);
      expect(afterOf(pieces), JSON.stringify([before, after, pieces])).toBe(after);
    }
  });

  it('does not stand still over two long texts that have nothing in common', () => {
    const long = (word: string) => Array.from({ length: 20_000 }, (_, at) => word + at).join(' ');
    const began = performance.now();
    const pieces = wordDiff(long('a'), long('b'));
    expect(performance.now() - began).toBeLessThan(2000);
    expect(beforeOf(pieces)).toBe(long('a'));
  });
});
