// Where the page stands: its address. Every state that is worth citing is in it.
//
// Views read `route()` and write `go()` or `setQuery()`; links are ordinary links, taken over in one place
// (views/shell/Shell.svelte).

import { untrack } from 'svelte';

export interface Route {
  path: string;
  query: URLSearchParams;
  hash: string; // without '#'
}

function here(): Route {
  return {
    path: location.pathname,
    query: new URLSearchParams(location.search),
    hash: decodeURIComponent(location.hash.slice(1))
  };
}

const state = $state<{ route: Route; visits: number }>({
  route: { path: '/', query: new URLSearchParams(), hash: '' },
  visits: 0
});

export const route = (): Route => state.route;
// Counts moves to another page, not changes of the query: for the focus, and the place that was scrolled to.
export const visits = (): number => state.visits;

export function startRouter(): () => void {
  state.route = here();
  const moved = () => {
    const before = state.route.path;
    state.route = here();
    if (before !== state.route.path) ++state.visits;
  };
  addEventListener('popstate', moved);
  addEventListener('hashchange', moved);
  return () => {
    removeEventListener('popstate', moved);
    removeEventListener('hashchange', moved);
  };
}

export function go(href: string, { replace = false } = {}): void {
  // Whoever goes somewhere in an effect does not depend on where the page was.
  const before = untrack(() => state.route.path);
  if (replace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  const now = here();
  state.route = now;
  if (before !== now.path) {
    state.visits = untrack(() => state.visits) + 1;
    if (!now.hash) scrollTo(0, 0);
  }
}

export type QueryChange = Record<string, string | number | boolean | string[] | null | undefined>;

// The same query with some parameters set; null, '' and false take one out.
//   example  changedQuery(new URLSearchParams('a=1&b=2'), { a: null, c: 'x' }) is 'b=2&c=x'
export function changedQuery(query: URLSearchParams, change: QueryChange): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    next.delete(name);
    if (value === null || value === undefined || value === '' || value === false) continue;
    for (const each of Array.isArray(value) ? value : [String(value)]) next.append(name, each);
  }
  return next.toString();
}

// Changes parameters of the address. A new filter begins at the first page.
export function setQuery(change: QueryChange, { replace = false } = {}): void {
  const now = untrack(() => state.route);
  const query = changedQuery(now.query, { offset: null, ...change });
  go(now.path + (query ? `?${query}` : ''), { replace });
}

// A pattern such as '/documents/:id' against a path: the parameters, or null.
//   example  matchPath('/documents/:id', '/documents/A%2F55%2F98') is { id: 'A/55/98' }
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return null;
  const out: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? '';
    if (part.startsWith(':')) {
      try {
        out[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    } else if (part !== value) {
      return null;
    }
  }
  return out;
}

// Addresses of the page, made in one place so that ids with slashes stay one part.
export const to = {
  document: (id: string, paragraph = '') =>
    `/documents/${encodeURIComponent(id)}${paragraph ? `#${encodeURIComponent(paragraph)}` : ''}`,
  organization: (id: string) => `/organizations/${encodeURIComponent(id)}`,
  state: (id: string) => `/states/${encodeURIComponent(id)}`,
  place: (id: string) => `/places/${encodeURIComponent(id)}`,
  consultation: (id: string) => `/consultations/${encodeURIComponent(id)}`,
  application: (id: string) => `/applications/${encodeURIComponent(id)}`,
  standingOf: (state: string) => `/standing/${encodeURIComponent(state)}`,
  debate: (id: string) => `/debates/${encodeURIComponent(id)}`,
  meeting: (id: string) => `/meetings/${encodeURIComponent(id)}`,
  body: (id: string) => `/bodies/${encodeURIComponent(id)}`,
  project: (id: string) => `/fund/${encodeURIComponent(id)}`,
  exchange: (subject: string) => `/exchanges/${encodeURIComponent(subject)}`,
  visit: (id: string) => `/visits/${encodeURIComponent(id)}`,
  call: (id: string) => `/calls/${encodeURIComponent(id)}`,
  earlyWarning: (country: string) => `/early-warning/${encodeURIComponent(country)}`,
  withQuery: (path: string, query: QueryChange) => {
    const text = changedQuery(new URLSearchParams(), query);
    return path + (text ? `?${text}` : '');
  }
};
