// The head and foot of printed pages.
import { describe, expect, it } from 'vitest';
import { cssText, printSheet } from './print_heads';

describe('the sheet of printed pages', () => {
  it('quotes titles, whatever stands in them', () => {
    expect(cssText('a "b" \\ c\nd')).toBe('"a \\"b\\" \\\\ c d"');
  });

  it('counts in the digits of the language', () => {
    expect(printSheet('ميثاق', true)).toContain('counter(page, arabic-indic)');
    expect(printSheet('Mithaq', false)).toContain('counter(page) " / " counter(pages)');
  });
});
