// @vitest-environment jsdom
// Lines of the log in the words of the language.
import { beforeAll, expect, it } from 'vitest';
import type { LogRow } from '$/api/work_types';
import { setLanguage } from '$/i18n/language.svelte';
import { lineOf } from './words';

const row = (kind: string, summary: string): LogRow => ({ entry: 1, kind, time: '', leaf: '', leaf_hash: '', summary });

beforeAll(() => setLanguage('en'));

it('says what was decided, and leads to the statement', () => {
  expect(lineOf(row('review', 'reject 18: not said: here'))).toEqual({
    text: 'rejected · entry 18: not said: here',
    href: '/review?statement=18'
  });
  expect(lineOf(row('review', 'confirm 7')).text).toBe('confirmed · entry 7');
});

it('names acts and sections, and leaves what it does not know as it is', () => {
  expect(lineOf(row('act', 'session.opened')).text).toBe('a session was opened');
  expect(lineOf(row('act', 'pledge.made')).text).toBe('pledge.made');
  expect(lineOf(row('section', '§0')).text).toBe('section 1');
  expect(lineOf(row('statement', 'confirm 7'))).toEqual({ text: 'confirm 7', href: '' });
});
