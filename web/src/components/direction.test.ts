// Which way a text runs.
import { describe, expect, it } from 'vitest';
import { directionOf } from './direction';

describe('directionOf', () => {
  it('goes by the first letter, not by digits and signs', () => {
    expect(['٥٣/٤٥ القرار', '53/45-س', 'PC.DEC/1041 المقرر', '…', 'Решение'].map(directionOf)).toEqual([
      'rtl',
      'rtl',
      'ltr',
      'ltr',
      'ltr'
    ]);
  });
});
