import { expect, it } from 'vitest';
import { cite } from './cite';

const cited = {
  title: 'Report',
  symbol: 'A/55/98',
  date: '2000-06-29',
  paragraph: '4',
  link: 'http://x/documents/y#4'
};

it('cites in the three languages', () => {
  expect(cite(cited, 'en')).toBe('“Report”, A/55/98, 2000-06-29, para. 4. http://x/documents/y#4');
  expect(cite(cited, 'ar')).toBe('«Report»، A/55/98، 2000-06-29، الفقرة 4. http://x/documents/y#4');
  expect(cite(cited, 'ru')).toBe('«Report», A/55/98, 2000-06-29, п. 4. http://x/documents/y#4');
});

it('leaves out what the paper does not have', () => {
  expect(cite({ ...cited, symbol: '', date: '', paragraph: '' }, 'en')).toBe('“Report”. http://x/documents/y#4');
});
