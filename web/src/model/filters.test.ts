// Filters in the address.
import { describe, expect, it } from 'vitest';
import { filtersOf, isNarrowed, noFilters, queryOf, yearText } from './filters';

describe('filtersOf', () => {
  it('reads what queryOf writes', () => {
    const filters = {
      org: ['OSCE', 'UN.UNHCR'],
      theme: 'return',
      place: 'HRV',
      from: '1999',
      to: '2003',
      kind: ['lead' as const, 'cooperation' as const],
      review: 'confirmed' as const
    };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(queryOf(filters)))
      for (const each of [value].flat()) query.append(name, String(each));
    expect(filtersOf(query)).toEqual(filters);
  });

  it('leaves out what nobody can ask for', () => {
    const query = new URLSearchParams('kind=lead&kind=gossip&review=maybe&from=19&to=1999-01&org=&org=UN&org=UN');
    expect(filtersOf(query)).toEqual({ ...noFilters, kind: ['lead'], org: ['UN'] });
  });

  it('says whether anything narrows', () => {
    expect(isNarrowed(noFilters)).toBe(false);
    expect(isNarrowed({ ...noFilters, theme: 'police' })).toBe(true);
  });
});

describe('yearText', () => {
  it('takes a year in any digits in use', () => {
    expect(['2018', '٢٠١٨', '۲۰۱۸', ' 2018 ', '18', 'soon'].map(yearText)).toEqual([
      '2018',
      '2018',
      '2018',
      '2018',
      '',
      ''
    ]);
  });
});
