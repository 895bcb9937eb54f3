import { expect, it } from 'vitest';
import { fits } from './contents';

it('finds pages by the beginnings of their words, in any script', () => {
  expect(fits('Who does what where', 'wh do')).toBe(true);
  expect(fits('Who does what where', 'oes')).toBe(false);
  expect(fits('المراجعة', 'مراجعه')).toBe(true);
  expect(fits('Кто, что и где делает', 'где')).toBe(true);
  expect(fits('anything', '')).toBe(true);
});
