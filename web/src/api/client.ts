// Requests to the server: the language, the token against forged requests, abort, errors. Everything that the page asks
// passes through here.
import { language } from '$/i18n/language.svelte';
import { ApiError, errorOf, isAbort } from './errors';

export type QueryValue = string | number | boolean | undefined | null | string[];
export type Query = Record<string, QueryValue>;

const base = '/api/v1/';

let csrf = '';
let onUnauthenticated: () => void = () => undefined;

export function setCsrf(token: string): void {
  csrf = token;
}

// What happens when the server says that the session has ended.
export function whenUnauthenticated(act: () => void): void {
  onUnauthenticated = act;
}

// The parameters that are set, in order; a list gives its name several times.
//   example  queryText({ org: ['UN', 'OSCE'], place: '' }) is 'org=UN&org=OSCE'
export function queryText(query: Query): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '' || value === false) continue;
    for (const each of Array.isArray(value) ? value : [value]) out.append(name, String(each));
  }
  return out.toString();
}

// An address of the API. Parts of the path are encoded, slashes in them too: a symbol such as A/55/98 is one part.
//   example  address(['documents', 'A/55/98'], { limit: 5 }) is '/api/v1/documents/A%2F55%2F98?limit=5'
export function address(path: (string | number)[], query: Query = {}): string {
  const parameters = queryText(query);
  return base + path.map((part) => encodeURIComponent(part)).join('/') + (parameters ? `?${parameters}` : '');
}

interface Options {
  signal?: AbortSignal | undefined;
  body?: unknown;
}

async function send(method: string, url: string, { signal, body }: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language() };
  if (method !== 'GET' && csrf) headers['X-Mithaq-CSRF'] = csrf;
  let payload: BodyInit | undefined;
  if (body instanceof Blob) {
    payload = body;
    headers['Content-Type'] = body.type || 'application/octet-stream';
  } else if (body !== undefined) {
    payload = JSON.stringify(body);
    headers['Content-Type'] = 'application/json';
  }
  let answer: Response;
  try {
    answer = await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
      ...(payload !== undefined ? { body: payload } : {})
    });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(0, 'network', '');
  }
  if (answer.ok) return answer;
  const error = await errorOf(answer);
  if (error.status === 401 && error.kind === 'unauthenticated' && !url.startsWith(`${base}session`))
    onUnauthenticated();
  throw error;
}

async function json<T>(method: string, url: string, options: Options): Promise<T> {
  const answer = await send(method, url, options);
  if (answer.status === 204) return undefined as T;
  return (await answer.json()) as T;
}

export const get = <T>(path: (string | number)[], query: Query = {}, signal?: AbortSignal): Promise<T> =>
  json<T>('GET', address(path, query), { signal });

export const post = <T>(
  path: (string | number)[],
  body?: unknown,
  query: Query = {},
  signal?: AbortSignal
): Promise<T> => json<T>('POST', address(path, query), { body, signal });

export const put = <T>(path: (string | number)[], body: unknown): Promise<T> => json<T>('PUT', address(path), { body });

export const patch = <T>(path: (string | number)[], body: unknown): Promise<T> =>
  json<T>('PATCH', address(path), { body });

export const remove = <T>(path: (string | number)[], body?: unknown): Promise<T> =>
  json<T>('DELETE', address(path), { body });

// The raw text of a document's section, byte for byte.
export async function getBytes(path: (string | number)[], query: Query, signal?: AbortSignal): Promise<Uint8Array> {
  const answer = await send('GET', address(path, query), { signal });
  return new Uint8Array(await answer.arrayBuffer());
}

// Sends one file. XMLHttpRequest, because fetch does not say how much has been sent.
//   onSent  0 to 1
export function upload<T>(query: Query, file: File, onSent: (part: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address(['documents'], query));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', language());
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    if (csrf) request.setRequestHeader('X-Mithaq-CSRF', csrf);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onSent(event.loaded / event.total);
    };
    request.onload = () => {
      const answer = new Response(request.responseText || '{}', {
        status: request.status,
        headers: { 'Retry-After': request.getResponseHeader('Retry-After') ?? '0' }
      });
      if (answer.ok) resolve(JSON.parse(request.responseText) as T);
      else errorOf(answer).then(reject, reject);
    };
    request.onerror = () => reject(new ApiError(0, 'network', ''));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
