import { expect, it } from 'vitest';
import { changedQuery, matchPath, to } from './route.svelte';

it('matches ids with slashes as one part', () => {
  expect(matchPath('/documents/:id', '/documents/A%2F55%2F98')).toEqual({ id: 'A/55/98' });
  expect(matchPath('/documents/:id', '/documents')).toBeNull();
  expect(matchPath('/documents', '/documents/')).toEqual({});
  expect(matchPath('/documents/:id', '/documents/%E0%A4%A')).toBeNull();
});

it('makes addresses that it reads back', () => {
  const address = to.document('A/49/800-S/1994/1435', '5 (a)');
  const [path = '', hash = ''] = address.split('#');
  expect(matchPath('/documents/:id', path)).toEqual({ id: 'A/49/800-S/1994/1435' });
  expect(decodeURIComponent(hash)).toBe('5 (a)');
});

it('changes a query: takes out what is empty, repeats a list', () => {
  const query = new URLSearchParams('words=%D8%AD&org=UN&offset=20');
  expect(changedQuery(query, { org: ['OSCE', 'OIC'], offset: null })).toBe('words=%D8%AD&org=OSCE&org=OIC');
  expect(changedQuery(query, { words: '', org: null, offset: false })).toBe('');
});
