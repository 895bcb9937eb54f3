// Courses without gaps, and claims of documents as shares.
import { describe, expect, it } from 'vitest';
import type { Claim, Conflict } from '$/api/early_warning';
import { claimedShare, courseBetween, yearsOfConflicts } from './conflicts';

const conflict = (years: number[]): Conflict => ({
  id: '1',
  name: 'x',
  countries: [],
  parties: [],
  parties_total: 0,
  violence: 'state_based',
  first: '',
  last: '',
  deaths: 0,
  deaths_12: 0,
  course: years.map((year) => ({ year, deaths: year - 1990, events: 1 })),
  state: 'war'
});
const claim = (value: Claim['value']) => ({ value });

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
});
