// Courses without gaps, and claims of documents as shares.
import { describe, expect, it } from 'vitest';
import type { Claim, Conflict, ShareYear } from '$/api/early_warning';
import { claimedShare, computedFor, courseBetween, evidenceLines, yearsOfConflicts } from './conflicts';

const conflict = (years: number[]): Conflict => ({
  id: '1',
  name: 'x',
  countries: [],
  parties: [],
  violence: 'state_based',
  first: '',
  last: '',
  deaths: 0,
  deaths_12: 0,
  course: years.map((year) => ({ year, deaths: year - 1990, events: 1 })),
  state: 'war'
});
const claim = (value: Claim['value'], year?: number): Claim => ({
  document: 'd',
  words: '',
  value,
  ...(year ? { year } : {})
});

describe('a course', () => {
  it('has every year of the stretch', () => {
    expect(courseBetween(conflict([1992, 1994]).course, 1991, 1995)).toEqual([0, 2, 0, 4, 0]);
    expect(courseBetween([], 1995, 1994)).toEqual([]);
  });

  it('spans the years that any conflict knows', () => {
    expect(yearsOfConflicts([conflict([1995, 1993]), conflict([2001])])).toEqual({ first: 1993, last: 2001 });
    expect(yearsOfConflicts([conflict([])])).toBeNull();
  });
});

describe('a claim', () => {
  it('is a share, however it is written', () => {
    for (const value of [60, '60', '60 %', '٦٠٪', 0.6, '0.6', '٦٠'])
      expect(claimedShare(claim(value))).toBeCloseTo(0.6);
  });

  it('is none if it is not', () => {
    for (const value of [null, '', 'most', '160', '-3']) expect(claimedShare(claim(value))).toBeNull();
  });

  it('stands beside the figures of its year, or of the last', () => {
    const years = [2017, 2018, 2019].map((year) => ({ year }) as ShareYear);
    expect(computedFor(claim(60, 2018), years)?.year).toBe(2018);
    expect(computedFor(claim(60, 1950), years)?.year).toBe(2019);
    expect(computedFor(claim(60), [])).toBeNull();
  });
});

it('evidence is told in words, with its source', () => {
  expect(evidenceLines(['a border', { text: 'three conflicts', source: 'UCDP' }, { said: 'x' }, {}, null])).toEqual([
    'a border',
    'three conflicts (UCDP)',
    'x',
    'null'
  ]);
});
