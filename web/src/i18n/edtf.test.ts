// @vitest-environment jsdom
// Dates of documents in the words of each language.
import { beforeAll, describe, expect, it } from 'vitest';
import { edtfText } from './edtf';
import { setLanguage, type Language } from './language.svelte';

const cases: [Language, string, string][] = [
  ['ar', '2018-11-29', '٢٩ تشرين الثاني/نوفمبر ٢٠١٨'],
  ['ar', '1999-11', 'تشرين الثاني/نوفمبر ١٩٩٩'],
  ['ar', '1993/..', 'منذ \u2068١٩٩٣\u2069'],
  ['ar', 'XXXX-10-28', '٢٨ تشرين الأول/أكتوبر'],
  ['en', '2018-11-29', '29 November 2018'],
  ['en', '2018-05-05/2018-05-06', '\u20685 May 2018\u2069 – \u20686 May 2018\u2069'],
  ['en', '199X', 'the \u20681990\u2069s'],
  ['en', '1990~/1993~', '\u2068about \u20681990\u2069\u2069 – \u2068about \u20681993\u2069\u2069'],
  ['en', '2004?', '\u20682004\u2069 (uncertain)'],
  ['en', '../2010', 'until \u20682010\u2069'],
  ['en', '2019-22', 'summer 2019'],
  ['en', 'XXXX-10-28', '28 October'],
  ['en', 'not a date', 'not a date'],
  ['en', '', ''],
  ['ru', '2000-06-29', '29 июня 2000 г.']
];

describe.each(['ar', 'en', 'ru'] as const)('in %s', (language) => {
  beforeAll(() => setLanguage(language));
  it.each(cases.filter(([of]) => of === language))('%s: %s is %s', (_, value, words) => {
    expect(edtfText(value)).toBe(words);
  });
});
