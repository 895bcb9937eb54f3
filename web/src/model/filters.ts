// What narrows the views that answer questions. One set of filters for ask, matrix, network and map, kept in the address,
// so that a person goes from one view to the other without asking anew.
import type { ActivityQuery } from '$/api/activity';
import type { ReviewState, StatementType } from '$/api/types';

export interface Filters {
  org: string[];
  theme: string;
  place: string;
  from: string; // a year
  to: string;
  kind: StatementType[];
  review: ReviewState | '';
}

export const kinds: readonly StatementType[] = [
  'cooperation',
  'lead',
  'mandate',
  'commitment',
  'implementation',
  'meeting',
  'deployment',
  'instrument',
  'figure',
  'incident',
  'membership'
];
export const reviewStates: readonly ReviewState[] = ['proposed', 'confirmed', 'corrected'];

export const noFilters: Filters = { org: [], theme: '', place: '', from: '', to: '', kind: [], review: '' };
export const filterNames = ['org', 'theme', 'place', 'from', 'to', 'kind', 'review'] as const;

// A year of four digits in any of the digits in use; anything else is no filter.
export function yearText(value: string): string {
  const digits = value.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15)).trim();
  return /^\d{4}$/.test(digits) ? digits : '';
}

export function filtersOf(query: URLSearchParams): Filters {
  const isKind = (value: string): value is StatementType => (kinds as readonly string[]).includes(value);
  const review = query.get('review') ?? '';
  return {
    org: [...new Set(query.getAll('org').filter(Boolean))],
    theme: query.get('theme') ?? '',
    place: query.get('place') ?? '',
    from: yearText(query.get('from') ?? ''),
    to: yearText(query.get('to') ?? ''),
    kind: [...new Set(query.getAll('kind').filter(isKind))],
    review: (reviewStates as readonly string[]).includes(review) ? (review as ReviewState) : ''
  };
}

// As parameters of the API, and of the address of a view: the same names.
export function queryOf(filters: Filters): ActivityQuery {
  const out: ActivityQuery = {};
  if (filters.org.length) out.org = filters.org;
  if (filters.theme) out.theme = filters.theme;
  if (filters.place) out.place = filters.place;
  if (filters.from) out.from = filters.from;
  if (filters.to) out.to = filters.to;
  if (filters.kind.length) out.kind = filters.kind;
  if (filters.review) out.review = filters.review;
  return out;
}

export function isNarrowed(filters: Filters): boolean {
  return Object.keys(queryOf(filters)).length > 0;
}
