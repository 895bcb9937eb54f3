// A citation of a paragraph, to be pasted into a letter in Arabic, English or Russian.
import type { Language } from '$/i18n/language.svelte';

export interface Cited {
  title: string;
  symbol: string;
  date: string; // EDTF, as it stands
  paragraph: string;
  link: string;
}

const forms: Record<Language, { quote: [string, string]; comma: string; paragraph: string; full: string }> = {
  ar: { quote: ['«', '»'], comma: '، ', paragraph: 'الفقرة ', full: '.' },
  en: { quote: ['“', '”'], comma: ', ', paragraph: 'para. ', full: '.' },
  ru: { quote: ['«', '»'], comma: ', ', paragraph: 'п. ', full: '.' }
};

//   example  «تقرير الأمين العام»، A/55/98، 2000-06-29، الفقرة 4. https://…
export function cite({ title, symbol, date, paragraph, link }: Cited, language: Language): string {
  const { quote, comma, paragraph: word, full } = forms[language];
  const parts = [quote[0] + title + quote[1], symbol === title ? '' : symbol, date, paragraph ? word + paragraph : ''];
  return `${parts.filter(Boolean).join(comma)}${full} ${link}`;
}
