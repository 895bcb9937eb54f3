import { expect, it } from 'vitest';
import { isolate, visible } from './visible';

it('shows control characters as pictures and direction signs by name, as the command line does', () => {
  expect(visible('a\u001b[31mb')).toBe('a␛[31mb');
  expect(visible('report\u202Efdp.exe')).toBe('report⟦RLO⟧fdp.exe');
  expect(visible('\u2066x\u2069')).toBe('⟦LRI⟧x⟦PDI⟧');
  expect(visible('\u0085')).toBe('\uFFFD');
});

it('leaves letters, marks, joiners and line ends alone', () => {
  const text = 'مُراقِب\u200Cها\n\tPC.DEC/1041';
  expect(visible(text)).toBe(text);
});

it('isolates a name so that it cannot leave its isolate', () => {
  expect(isolate('a\u2069b')).toBe('\u2068a⟦PDI⟧b\u2069');
  expect(isolate('a\u2069\u2068b')).toBe('\u2068a⟦PDI⟧⟦FSI⟧b\u2069');
  expect(isolate('x \u2068y\u2069')).toBe('\u2068x \u2068y\u2069\u2069');
});
