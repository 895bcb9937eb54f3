// What dates can mean, and whether a status holds on a day.
import { describe, expect, it } from 'vitest';
import { dayOf, standingsAt, statusStyles } from './standing';
import { holdsAt, yearsOf } from './spells';

describe('yearsOf', () => {
  it.each([
    ['1993', 1993, 1994, false],
    ['1993-07', 1993.5, 1993 + 7 / 12, false],
    ['199X', 1990, 2000, true],
    ['19XX', 1900, 2000, true],
    ['1993?', 1993, 1994, true],
    ['~1993', 1993, 1994, true],
    ['1990/1994', 1990, 1995, true]
  ])('%s', (edtf, from, to, vague) => {
    const when = yearsOf(edtf);
    expect(when?.from).toBeCloseTo(from);
    expect(when?.to).toBeCloseTo(to);
    expect(when?.vague).toBe(vague);
  });

  it('knows nothing of what is no date', () => {
    expect([yearsOf(''), yearsOf('..'), yearsOf('long ago')]).toEqual([null, null, null]);
  });

  it('keeps the order of days', () => {
    const days = ['2018-01-31', '2018-02-01', '2018-11-29', '2018-12-31', '2019-01-01'].map(
      (day) => yearsOf(day)?.from ?? 0
    );
    expect([...days].sort((a, b) => a - b)).toEqual(days);
  });
});

describe('holdsAt', () => {
  const at = (day: string) => yearsOf(day)?.from ?? 0;

  it('begins on its day and ends before its last', () => {
    const spell = { since: '1992-01-30', until: '2003-09-18' };
    expect(['1992-01-29', '1992-01-30', '2003-09-17', '2003-09-18'].map((day) => holdsAt(spell, at(day)))).toEqual([
      'no',
      'yes',
      'yes',
      'no'
    ]);
  });

  it('lasts when it has no end', () => {
    expect(holdsAt({ since: '1992-01-30', until: '' }, at('2026-11-28'))).toBe('yes');
  });

  it('says perhaps where the dates do not settle it', () => {
    expect(holdsAt({ since: '199X', until: '' }, at('1995-06-01'))).toBe('perhaps');
    expect(holdsAt({ since: '', until: '' }, at('1995-06-01'))).toBe('perhaps');
    expect(holdsAt({ since: '199X', until: '' }, at('2001-01-01'))).toBe('yes');
    expect(holdsAt({ since: '1980', until: '199X' }, at('1995-06-01'))).toBe('perhaps');
  });
});

const spell = (state: string, status: string, since: string, until = '') => ({
  organization: { id: 'SCO', name: 'SCO' },
  state: { id: state, name: state },
  status,
  status_name: status.replace('_', ' '),
  since,
  until,
  source: 'SCO, member States'
});

describe('standingsAt', () => {
  const spells = [
    spell('IND', 'observer', '2005-07-05', '2017-06-09'),
    spell('IND', 'member', '2017-06-09'),
    spell('KAZ', 'member', '2001-06-15'),
    spell('BLR', 'dialogue_partner', '200X', '2015')
  ];

  it('gives each its status of that day', () => {
    const then = (day: string) =>
      standingsAt(spells, 'state', day).map((each) => `${each.other.id} ${each.spell.status}`);
    expect(then('2016-12-31')).toEqual(['KAZ member', 'IND observer']);
    expect(then('2017-06-09')).toEqual(['IND member', 'KAZ member']);
    expect(then('1999-12-31')).toEqual([]);
  });

  it('says when the dates do not settle it', () => {
    const belarus = standingsAt(spells, 'state', '2005-01-01').find((each) => each.other.id === 'BLR');
    expect(belarus?.certain).toBe(false);
  });
});

describe('statusStyles', () => {
  it('gives the most frequent the first style, and suspension always its own', () => {
    const styles = statusStyles([
      spell('A', 'suspended', '2000'),
      spell('B', 'suspended', '2000'),
      spell('C', 'suspended', '2000'),
      spell('D', 'member', '2000'),
      spell('E', 'member', '2000'),
      spell('F', 'observer', '2000')
    ]);
    expect(styles.map((each) => `${each.status} ${each.style}`)).toEqual(['member 1', 'observer 2', 'suspended 4']);
  });
});

describe('dayOf', () => {
  it('takes a year as its end, a month as its beginning, and today for anything else', () => {
    expect(['2011', '2011-06', '2011-06-01', '2011-13', 'now', null].map((each) => dayOf(each, '2026-11-28'))).toEqual([
      '2011-12-31',
      '2011-06-01',
      '2011-06-01',
      '2026-11-28',
      '2026-11-28',
      '2026-11-28'
    ]);
  });
});
