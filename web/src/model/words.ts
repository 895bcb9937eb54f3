// Words that were written in several languages.
import type { Words } from '$/api/acts';
import { language, languages, type Language } from '$/i18n/language.svelte';

export interface Shown {
  text: string;
  language: Language | ''; // empty: nobody said in which it is
}

export function languagesOf(words: Words | string): Language[] {
  return typeof words === 'string' ? [] : languages.filter((each) => (words[each] ?? '') !== '');
}

// In the wanted language, else the page's, else English, Arabic, or any that is there.
export function wordsIn(words: Words | string | null | undefined, wanted: Language | '' = ''): Shown {
  if (words === null || words === undefined) return { text: '', language: '' };
  if (typeof words === 'string') return { text: words, language: '' };
  for (const each of [wanted, language(), 'en', 'ar', 'ru'] as const) {
    const text = each ? words[each] : undefined;
    if (each && text) return { text, language: each };
  }
  return { text: '', language: '' };
}
