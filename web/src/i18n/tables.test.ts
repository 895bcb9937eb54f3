// The three tables say the same things: same keys, same gaps, every plural form that the language's rules know.
import { describe, expect, it } from 'vitest';
import { ar } from './ar';
import { en } from './en';
import { fillSentence, type Plural } from './language.svelte';
import { ru } from './ru';

type Table = Record<string, string | Plural>;
const tables: Record<string, Table> = { ar, en, ru };

const forms = (entry: string | Plural): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const gaps = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();

describe.each(Object.keys(tables))('the table of %s', (tag) => {
  const table = tables[tag] as Table;

  it('has every key of the Arabic one and no other', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(ar).sort());
  });

  it('says something at every key', () => {
    for (const [key, entry] of Object.entries(table)) {
      for (const form of forms(entry)) expect(form.trim(), key).not.toBe('');
    }
  });

  it('has the gaps of the Arabic sentence; a form for one or two may leave out the number', () => {
    for (const [key, entry] of Object.entries(table)) {
      const measure = (ar as Table)[key] ?? '';
      const wanted = new Set(forms(measure).flatMap(gaps));
      for (const form of forms(entry)) for (const gap of gaps(form)) expect([...wanted], key).toContain(gap);
      const whole = typeof entry === 'string' ? entry : (entry.other ?? '');
      expect(gaps(whole), key).toEqual([...wanted].sort());
    }
  });

  it('has all plural forms of the language', () => {
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.slice().sort();
    for (const [key, entry] of Object.entries(table)) {
      if (typeof entry !== 'string') expect(Object.keys(entry).sort(), key).toEqual(categories);
    }
  });
});

describe('the script of each table', () => {
  it('is the language’s own: no sentence was left in English', () => {
    const same = ['reading.export.akn'];
    for (const [key, entry] of Object.entries(ar as Table)) {
      if (typeof entry !== 'string' || same.includes(key)) continue;
      const english = (en as Table)[key];
      if (entry === english) expect(entry.replace(/\{\w+\}/g, ''), key).not.toMatch(/[A-Za-z]{3}/);
      const russian = (ru as Table)[key];
      if (russian === english) expect(String(russian).replace(/\{\w+\}/g, ''), key).not.toMatch(/[A-Za-z]{3}/);
    }
  });
});

describe('fillSentence', () => {
  it('writes numbers as the language does and isolates words', () => {
    expect(fillSentence('{n} / {name}', { n: 1234, name: 'PC.DEC/1041' }, 'ar-EG')).toBe(
      '١٬٢٣٤ / \u2068PC.DEC/1041\u2069'
    );
  });

  it('takes the plural form for n', () => {
    const entry: Plural = { zero: '0', one: '1', two: '2', few: 'few', many: 'many', other: 'other' };
    const chosen = [0, 1, 2, 3, 11, 100].map((n) => fillSentence(entry, { n }, 'ar-EG'));
    expect(chosen).toEqual(['0', '1', '2', 'few', 'many', 'other']);
    expect(
      fillSentence({ one: 'документ', few: 'документа', many: 'документов', other: 'документа' }, { n: 22 }, 'ru')
    ).toBe('документа');
  });

  it('shows what would turn the direction of a name', () => {
    expect(fillSentence('{name}', { name: 'a\u202Eb' }, 'en')).toBe('\u2068a⟦RLO⟧b\u2069');
  });
});
