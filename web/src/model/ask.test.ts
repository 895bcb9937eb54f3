// The question of the ask view.
import { describe, expect, it } from 'vitest';
import type { MapState } from '$/api/activity';
import { countOf, findQuery, findsParagraphs, hitsAsCsv, isAsked, questionOf, savedQuery, whoQuery } from './ask';
import { classesOf, labelled, measureOf } from './world';

describe('a question', () => {
  const query = new URLSearchParams('words= الوساطة &org=OIC&org=UN&all=true&tab=statements&offset=40');
  const question = questionOf(query);

  it('is read from the address', () => {
    expect(question).toMatchObject({ words: 'الوساطة', together: true, filters: { org: ['OIC', 'UN'] } });
    expect(isAsked(question)).toBe(true);
    expect(isAsked(questionOf(new URLSearchParams('tab=statements')))).toBe(false);
    expect(isAsked(questionOf(new URLSearchParams('language=ar')))).toBe(true);
  });

  it('is put to both addresses of the server', () => {
    expect(findQuery(question)).toMatchObject({ words: 'الوساطة', org: ['OIC', 'UN'] });
    expect(whoQuery(question)).toEqual({ words: 'الوساطة', org: ['OIC', 'UN'], all: true });
  });

  it('looks for paragraphs by filters alone, but not by the review of statements', () => {
    const finds = (query: string) => findsParagraphs(questionOf(new URLSearchParams(query)));
    expect(finds('org=OSCE')).toBe(true);
    expect(finds('language=ar')).toBe(true);
    expect(finds('review=confirmed')).toBe(false);
    expect(finds('review=confirmed&kind=lead')).toBe(true);
    expect(findQuery(questionOf(new URLSearchParams('review=confirmed&kind=lead')))).toMatchObject({ kind: ['lead'] });
  });

  it('is saved without the page of its answer', () => {
    expect(savedQuery(query)).toEqual({ words: ' الوساطة ', org: ['OIC', 'UN'], all: 'true' });
  });
});

describe('countOf', () => {
  it('says how many there are, or how many are known of', () => {
    expect(countOf({ total: 110, page: { offset: 20, next_offset: 40 } }, 20)).toEqual({ count: 110, atLeast: false });
    expect(countOf({ page: { offset: 20, next_offset: 40 } }, 20)).toEqual({ count: 40, atLeast: true });
    expect(countOf({ page: { offset: 20, next_offset: null } }, 3)).toEqual({ count: 23, atLeast: false });
  });
});

describe('hitsAsCsv', () => {
  it('has a line for each paragraph', () => {
    const citation = {
      document: 'd',
      name: 'a.txt',
      symbol: 'PC.DEC/1041',
      date: '2018',
      paragraph: '4',
      raw_bytes: [],
      words: ''
    };
    const text = hitsAsCsv(
      {
        hits: [{ citation, score: 1, snippet: { text: 'الوساطة', highlights: [] }, statements: [] }],
        truncated: false,
        cut: false,
        page: { limit: 20, offset: 0, next_offset: null }
      },
      ['document', 'symbol', 'date', 'paragraph', 'text']
    );
    expect(text).toBe('\ufeffdocument,symbol,date,paragraph,text\r\na.txt,PC.DEC/1041,2018,4,الوساطة\r\n');
  });
});

describe('the classes of the map', () => {
  const state = (id: string, statements: number, leads = 0): MapState => ({
    id,
    iso3: id,
    m49: '',
    name: id,
    statements,
    organizations: 1,
    leads
  });
  const states = [state('HRV', 8, 2), state('EGY', 1), state('KAZ', 40)];

  it('follow the measure', () => {
    const classes = classesOf(states, 'statements');
    expect(['EGY', 'HRV', 'KAZ', 'FRA'].map(classes.stepOf)).toEqual([1, 3, 5, 0]);
    expect(classesOf(states, 'leads').stepOf('KAZ')).toBe(0);
    expect(measureOf('colour')).toBe('statements');
  });

  it('name the weightiest', () => {
    expect(labelled(states, 'statements', 2)).toEqual(new Set(['KAZ', 'HRV']));
    expect(labelled(states, 'leads', 2)).toEqual(new Set(['HRV']));
  });
});
