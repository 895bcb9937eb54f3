// @vitest-environment jsdom
// Numbers and probabilities as they are told.
import { beforeAll, describe, expect, it } from 'vitest';
import { chance, measured, signed } from './format';
import { setLanguage } from './language.svelte';

describe('in English', () => {
  beforeAll(() => setLanguage('en'));

  it('a probability is never told as certain that is not', () => {
    const told = (value: number) => chance(value).replace(/[\u2066-\u2069]/g, '');
    expect([0, 0.004, 0.01, 0.256, 0.99, 0.995, 1].map(told)).toEqual([
      '0%',
      'under 1%',
      '1%',
      '26%',
      '99%',
      'over 99%',
      '100%'
    ]);
  });

  it('a measured number has the digits that tell it apart', () => {
    expect([0, 0.03114, 1.2345, 45.67, 873.52, 12345.6].map(measured)).toEqual([
      '0',
      '0.0311',
      '1.23',
      '45.7',
      '874',
      '12,346'
    ]);
  });

  it('a difference has its sign', () => {
    expect([0, 3.14, -3].map((each) => signed(each))).toEqual(['0', '+3.1', '-3']);
  });
});

it('in Arabic', async () => {
  await setLanguage('ar');
  expect(chance(0.256)).toBe(new Intl.NumberFormat('ar-EG', { style: 'percent' }).format(0.26));
});
