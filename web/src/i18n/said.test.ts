// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { setLanguage } from './language.svelte';
import { saidText } from './said';

it('says the days and times of a sentence in the words of the language', async () => {
  await setLanguage('ar');
  expect(saidText('يصل قبل 2026-11-30 12:54:00 (Europe/Vienna)')).toBe(
    'يصل قبل \u2068٣٠ تشرين الثاني/نوفمبر ٢٠٢٦\u2069، \u2068١٢:٥٤\u2069 (Europe/Vienna)'
  );
  await setLanguage('en');
  expect(saidText('You are invited on 2026-03-05 10:00 (Europe/Vienna)')).toBe(
    'You are invited on \u20685 March 2026\u2069, \u206810:00\u2069 (Europe/Vienna)'
  );
  expect(saidText('due on 2026-03-05.')).toBe('due on 5 March 2026.');
});

it('leaves instants, numbers of papers and what is no day as they are', async () => {
  await setLanguage('en');
  for (const text of ['at 2026-03-05T10:00:00Z', 'PC-2026-0001', 'CALL-2026-03-05', '2026-13-45', 'x2026-01-01'])
    expect(saidText(text)).toBe(text);
});
