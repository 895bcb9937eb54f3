// Dates of documents (EDTF, ISO 8601-2, the part that docs/dates.md describes) in the words of the language.
import { date, year } from './format';
import { t } from './language.svelte';

const plain = /^(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;
const decade = /^(\d{3})X$/;
const century = /^(\d{2})XX$/;

// One side of a span, or the whole value.
function single(value: string): string {
  const mark = /[?~%]$/.exec(value)?.[0] ?? '';
  const core = mark ? value.slice(0, -1) : value;
  const words = exact(core);
  if (mark === '~') return t('date.about', { date: words });
  if (mark === '?') return t('date.uncertain', { date: words });
  if (mark === '%') return t('date.aboutUncertain', { date: words });
  return words;
}

function exact(core: string): string {
  const parts = plain.exec(core);
  if (parts) {
    const [, y, m, d] = parts;
    const month = Number(m ?? 0);
    if (month >= 21 && month <= 24) return `${t(`date.season${month as 21 | 22 | 23 | 24}`)} ${year(Number(y))}`;
    if (month <= 12 && Number(d ?? 0) <= 31) return date({ year: Number(y), month, day: Number(d ?? 0) });
  }
  const tens = decade.exec(core);
  if (tens) return t('date.decade', { year: year(Number(tens[1]) * 10) });
  const hundreds = century.exec(core);
  if (hundreds)
    return t('date.between', { from: year(Number(hundreds[1]) * 100), to: year(Number(hundreds[1]) * 100 + 99) });
  const noYear = /^XXXX-(\d{2})(?:-(\d{2}))?$/.exec(core);
  if (noYear) {
    // Any leap year has every day; its own number is then taken out.
    const whole = date({ year: 2000, month: Number(noYear[1]), day: Number(noYear[2] ?? 0) });
    return whole
      .replace(year(2000), '')
      .replace(/\s*г\.?\s*$/, '')
      .trim();
  }
  return core;
}

// The value in words; as it is if it is none of the forms.
//   example  '2018-11-29' in Arabic is «٢٩ تشرين الثاني/نوفمبر ٢٠١٨»; '1993/..' in English is "since 1993"
export function edtfText(value: string): string {
  if (value === '') return '';
  const sides = value.split('/');
  if (sides.length === 2) {
    const [from = '', to = ''] = sides;
    const open = (side: string) => side === '' || side === '..';
    if (open(from) && open(to)) return value;
    if (open(to)) return t('date.since', { date: single(from) });
    if (open(from)) return t('date.until', { date: single(to) });
    return t('date.between', { from: single(from), to: single(to) });
  }
  return single(value);
}
