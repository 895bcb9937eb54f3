// The question of the ask view as it stands in the address, as the server takes it, and as it is saved.
import type { ActivityQuery, Found, Hit } from '$/api/activity';
import type { Query } from '$/api/client';
import { csv } from './csv';
import { filterNames, filtersOf, isNarrowed, queryOf, type Filters } from './filters';

export interface Question {
  words: string;
  language: string; // of the paragraphs; '' for any
  document: string;
  together: boolean; // all the organizations take part, not one of them
  filters: Filters;
}

export function questionOf(query: URLSearchParams): Question {
  return {
    words: (query.get('words') ?? '').trim(),
    language: query.get('language') ?? '',
    document: query.get('document') ?? '',
    together: query.get('all') === 'true',
    filters: filtersOf(query)
  };
}

// Whether anything is asked at all: words or any filter.
export function isAsked(question: Question): boolean {
  return question.words !== '' || question.language !== '' || question.document !== '' || isNarrowed(question.filters);
}

// Whether paragraphs can be looked for: they have no review of their own, so that this filter alone finds none.
export function findsParagraphs(question: Question): boolean {
  return isAsked({ ...question, filters: { ...question.filters, review: '' } });
}

export function findQuery(question: Question): Query {
  return {
    words: question.words,
    ...queryOf({ ...question.filters, review: '' }),
    language: question.language,
    document: question.document
  };
}

export function whoQuery(question: Question): ActivityQuery {
  return { words: question.words, ...queryOf(question.filters), ...(question.together ? { all: true } : {}) };
}

// What is saved under a name: the question alone, not the page of its answer.
export function savedQuery(query: URLSearchParams): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const name of ['words', 'language', 'document', 'all', ...filterNames]) {
    const values = query.getAll(name).filter(Boolean);
    if (values.length === 0) continue;
    out[name] = name === 'org' || name === 'kind' ? values : (values[0] ?? '');
  }
  return out;
}

// How many there are, as it can be said: the total if the server counted it, else how many are known of.
export function countOf(
  answer: { total?: number | null; page: { offset: number; next_offset: number | null } },
  shown: number
) {
  const known = answer.total ?? answer.page.offset + shown;
  return { count: known, atLeast: (answer.total ?? null) === null && answer.page.next_offset !== null };
}

export function hitsAsCsv(found: Found, head: readonly string[]): string {
  const row = ({ citation, snippet }: Hit) => [
    citation.name,
    citation.symbol,
    citation.date,
    citation.paragraph,
    snippet.text
  ];
  return csv([head, ...found.hits.map(row)]);
}
