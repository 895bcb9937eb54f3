// The requests of the views that answer questions: ask, matrix, network, map, entities, follow-up. One line each, with
// the types of their answers. Names are the server's own (docs/http-api.md).
import { address, get, post, remove, type Query } from './client';
import type { Citation, DocumentRow, Named, Page, Range, Statement, StatementType } from './types';

// What narrows an answer about statements; the same parameters at every address that takes them.
export interface ActivityQuery extends Query {
  org?: string[];
  theme?: string;
  place?: string;
  from?: string; // EDTF; a year is enough
  to?: string;
  kind?: string[];
  review?: string;
}

export interface Counted extends Named {
  statements: number;
}

export interface Facet {
  id: string;
  name: string;
  count: number;
}
export type FacetName = 'kinds' | 'organizations' | 'places' | 'themes' | 'languages';

export interface Hit {
  citation: Citation;
  score: number;
  snippet: { text: string; highlights: Range[] };
  language?: string;
  statements: Statement[];
}
export interface Found {
  hits: Hit[];
  total?: number | null;
  truncated: boolean;
  cut: boolean;
  facets?: Partial<Record<FacetName, Facet[]>>;
  facets_of?: string; // 'all', or 'best 200': what the counts are of
  page: Page;
}

export interface Statements {
  statements: Statement[];
  total?: number | null;
  page: Page;
}

export type EntityKind = 'organization' | 'body' | 'state' | 'place' | 'theme';
export interface EntityHit extends Counted {
  kind: EntityKind;
}

export interface SavedSearch {
  id: string;
  name: string;
  query: Record<string, string | string[]>;
  feed: string;
  created_at: string;
  new: number;
}

export type Dimension = 'organization' | 'theme' | 'place' | 'year';
export interface MatrixLine extends Named {
  total: number;
}
export interface MatrixCell {
  row: number;
  column: number;
  statements: number;
  leads: number;
  confirmed: number;
  contradiction: boolean;
}
export interface Matrix {
  rows: MatrixLine[];
  columns: MatrixLine[];
  cells: MatrixCell[];
  others: { rows: number; columns: number };
  total: number;
}

export interface Findings {
  contradictions: { theme: Named | null; place: Named | null; leads: Statement[] }[];
  overlaps: { theme: Named | null; place: Named | null; organizations: Named[]; statements: number }[];
  gaps: { theme: Named | null; place: Named | null; why: string; statements: number }[];
}

export interface NetworkNode extends Counted {
  kind: 'organization' | 'body' | 'state' | 'other'; // other: named by documents alone
  parent: string | null;
}
export interface NetworkEdge {
  a: string;
  b: string;
  statements: number;
  first: string | null; // a year; null if no statement of the two is dated
  last: string | null;
}
export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  years: number[] | null;
}

export interface MapState extends Counted {
  iso3: string;
  m49: string; // three digits as a text, as the shapes have them
  organizations: number;
  leads: number;
}

export interface Year {
  year: number;
  statements: number;
  by_kind?: Partial<Record<StatementType, number>>;
}
export interface Timeline {
  years: Year[];
  undated: number;
}

export interface StatusSpell {
  organization: Named;
  state: Named;
  status: string;
  status_name: string;
  since: string; // EDTF; empty if not known
  until: string; // EDTF; empty if it lasts
  source: string;
}

export interface EntityPage {
  entity: {
    id: string;
    kind: string;
    name: string;
    names: Record<string, string>;
    short: string;
    parent: Named | null;
    parts: Counted[];
    iso3: string;
    m49: string;
  };
  statuses: StatusSpell[];
  counts: { statements: number; documents: number; by_kind: Partial<Record<StatementType, number>>; by_year: Year[] };
  themes: Counted[];
  places: Counted[];
  partners: Counted[];
  documents: Pick<DocumentRow, 'id' | 'name' | 'title' | 'symbol' | 'date'>[];
  statements: Statement[];
}

export interface Holding {
  organization: string;
  status: string;
  since: string;
  until: string;
  certain: boolean;
  source: string;
}
export interface Overlap {
  parts: {
    organizations: Named[];
    states: { state: Named; certain: boolean; holdings: Holding[] }[];
  }[];
}
export interface Members {
  members: ({ state: Named } & Holding)[];
}

export interface OrganizationRow extends Counted {
  states: number;
}
export interface StateRow extends Counted {
  iso3: string;
  m49?: string;
}

export interface Paper {
  reference: string;
  title: string;
  document: string | null;
  date: string;
  commitments: number;
  by_status: Record<string, number>;
}
export interface Papers {
  papers: Paper[];
  page: Page;
}
export interface CommitmentRow {
  status: string;
  commitment: Statement;
  evidence: Statement[];
  missing?: string[];
}
export interface Commitments {
  commitments: CommitmentRow[];
  page: Page;
}

// Paragraphs, with what they are about.
export const find = (query: Query, signal?: AbortSignal) => get<Found>(['find'], { ...query, facets: true }, signal);

export const who = (query: Query, signal?: AbortSignal) => get<Statements>(['who'], query, signal);
// Kinds are asked for one by one: the server takes one or all.
export async function entities(
  words: string,
  kinds: readonly EntityKind[],
  signal?: AbortSignal
): Promise<EntityHit[]> {
  const one = (kind: EntityKind | '') =>
    get<{ entities: EntityHit[] }>(['entities'], { words, kind, limit: 10 }, signal).then((answer) => answer.entities);
  if (kinds.length === 0) return one('');
  const lists = await Promise.all(kinds.map(one));
  return lists.flat().sort((a, b) => (lists.length > 1 ? b.statements - a.statements : 0));
}

export const searches = {
  list: (signal?: AbortSignal) => get<{ searches: SavedSearch[] }>(['searches'], {}, signal),
  save: (name: string, query: SavedSearch['query']) => post<unknown>(['searches'], { name, query }),
  remove: (id: string) => remove<unknown>(['searches', id]),
  seen: (id: string) => post<unknown>(['searches', id, 'seen'])
};

export const matrix = (
  query: ActivityQuery & { rows: Dimension; columns: Dimension; limit_rows: number; limit_columns: number },
  signal?: AbortSignal
) => get<Matrix>(['matrix'], query, signal);
export const findings = (query: ActivityQuery, signal?: AbortSignal) =>
  get<Findings>(['matrix', 'findings'], query, signal);
export const timeline = (query: ActivityQuery, signal?: AbortSignal) => get<Timeline>(['timeline'], query, signal);
export const network = (query: ActivityQuery & { limit: number }, signal?: AbortSignal) =>
  get<Network>(['network'], query, signal);
export const map = (query: ActivityQuery, signal?: AbortSignal) => get<{ states: MapState[] }>(['map'], query, signal);
export const exportAddress = (format: 'hxl' | 'csv' | 'xlsx' | 'jsonl', query: ActivityQuery) =>
  address(['export', 'who-does-what-where'], { format, ...query });

export const entity = (id: string, query: { at?: string }, signal?: AbortSignal) =>
  get<EntityPage>(['entities', id], query, signal);
export const organizations = (signal?: AbortSignal) =>
  get<{ organizations: OrganizationRow[] }>(['organizations'], {}, signal);
export const states = (signal?: AbortSignal) => get<{ states: StateRow[] }>(['states'], {}, signal);
export const overlap = (org: string[], at: string, signal?: AbortSignal) =>
  get<Overlap>(['overlap'], { org, at }, signal);

export const papers = (query: { limit: number; offset: number }, signal?: AbortSignal) =>
  get<Papers>(['papers'], query, signal);
export const commitments = (paper: string, query: { limit: number; offset: number }, signal?: AbortSignal) =>
  get<Commitments>(['commitments'], { paper, ...query }, signal);
