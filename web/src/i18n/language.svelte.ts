// The language of the interface: which one, its table of sentences, and how sentences are filled.
import type { Messages, Key } from './ar';
import { isolate } from './visible';

export type Language = 'ar' | 'en' | 'ru';
export type { Key };

export const languages: readonly Language[] = ['ar', 'en', 'ru'];
export const languageNames: Record<Language, string> = { ar: 'العربية', en: 'English', ru: 'Русский' };

// For Intl: Arabic with the digits that the organizations' Arabic papers use.
const locales: Record<Language, string> = { ar: 'ar-EG-u-ca-gregory', en: 'en-GB', ru: 'ru-RU' };

// Each table is a file of its own, so that a page loads one language.
const tables: Record<Language, () => Promise<Messages>> = {
  ar: async () => (await import('./ar')).ar,
  en: async () => (await import('./en')).en,
  ru: async () => (await import('./ru')).ru
};

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>>;
export type Values = Record<string, string | number>;

const state = $state<{ language: Language; table: Messages | null }>({ language: 'ar', table: null });

export const language = (): Language => state.language;
export const locale = (): string => locales[state.language];
export const direction = (): 'rtl' | 'ltr' => (state.language === 'ar' ? 'rtl' : 'ltr');

const kept = 'mithaq.language';

// The language that a person chose before; else the first of the browser's that we have; else Arabic.
export function preferredLanguage(): Language {
  const known = (tag: string | null) => languages.find((each) => tag?.toLowerCase().startsWith(each));
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(kept);
  } catch {
    // Storage may be forbidden; the browser's language then decides.
  }
  return known(stored) ?? navigator.languages.map(known).find((each) => each !== undefined) ?? 'ar';
}

export async function setLanguage(next: Language): Promise<void> {
  const table = await tables[next]();
  state.language = next;
  state.table = table;
  document.documentElement.lang = next;
  document.documentElement.dir = direction();
  try {
    localStorage.setItem(kept, next);
  } catch {
    // Then the choice holds for this visit only.
  }
}

// A sentence with its gaps filled: {name} by values.name. Words that fill a gap are isolated, so that they keep their
// own direction; numbers are written as the language does; a sentence with plural forms takes the one for `n`.
//   example  t('documents.count', { n: 3 })
export function t(key: Key, values: Values = {}): string {
  const entry: string | Plural | undefined = state.table?.[key];
  if (entry === undefined) return '';
  return fillSentence(entry, values, locale());
}

export function fillSentence(entry: string | Plural, values: Values, tag: string): string {
  let sentence: string;
  if (typeof entry === 'string') {
    sentence = entry;
  } else {
    const n = Number(values.n ?? 0);
    sentence = entry[new Intl.PluralRules(tag).select(n)] ?? entry.other ?? '';
  }
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = values[name];
    if (value === undefined) return gap;
    return typeof value === 'number' ? new Intl.NumberFormat(tag).format(value) : isolate(value);
  });
}

// Whether a text is a key of the table, for words that come from the server ('rule.x', 'status.y').
export function knownKey(key: string): key is Key {
  return state.table !== null && key in state.table;
}

// The word of the language for one of the server's; the server's own word if we have none.
export function word(prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return knownKey(key) ? t(key) : value.replaceAll('_', ' ');
}
