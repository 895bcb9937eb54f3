import { expect, it } from 'vitest';
import { address, queryText } from './client';
import { errorOf } from './errors';

it('keeps a symbol with slashes one part of the path', () => {
  expect(address(['documents', 'A/55/98'], { limit: 5 })).toBe('/api/v1/documents/A%2F55%2F98?limit=5');
});

it('leaves out parameters that are not set and repeats lists', () => {
  expect(queryText({ org: ['UN', 'OSCE'], place: '', theme: undefined, facets: true, offset: 0 })).toBe(
    'org=UN&org=OSCE&facets=true&offset=0'
  );
});

it('reads the server’s error, and bears a body that is none', async () => {
  const body = JSON.stringify({ error: { kind: 'not_found', message: 'nothing is named "X"' } });
  expect(await errorOf(new Response(body, { status: 404 }))).toMatchObject({ status: 404, kind: 'not_found' });
  const proxy = new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Retry-After': '7' } });
  expect(await errorOf(proxy)).toMatchObject({ status: 502, kind: 'unavailable', retryAfterSeconds: 7 });
});
