// Sentences of the server: their days and times, which it writes as records do, in the words of the language.
import { date } from './format';
import { locale, t } from './language.svelte';
import { visible } from './visible';

// "2026-11-30", "2026-11-30 12:54:00"; no instant ("2026-11-30T11:54:00Z"), no part of a longer number or name.
const dayAndTime = /(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2})(?::\d{2})?)?(?![\w-]|:\d)/g;

function clock(hour: number, minute: number): string {
  return new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC'
  }).format(Date.UTC(2000, 0, 1, hour, minute));
}

//   example  'before 2026-11-30 12:54:00 (Europe/Vienna)' in Arabic has «٣٠ تشرين الثاني/نوفمبر ٢٠٢٦، ١٢:٥٤»
export function saidText(sentence: string): string {
  return visible(sentence).replace(
    dayAndTime,
    (whole, year: string, month: string, day: string, hour?: string, minute?: string) => {
      if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return whole;
      const words = date({ year: Number(year), month: Number(month), day: Number(day) });
      return hour && minute ? t('date.at', { day: words, clock: clock(Number(hour), Number(minute)) }) : words;
    }
  );
}
