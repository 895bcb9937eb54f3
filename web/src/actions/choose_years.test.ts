// Moving the ends of a stretch of years.
import { describe, expect, it } from 'vitest';
import { chooseYears } from './choose_years';

describe('the stretch of years', () => {
  const all = { from: 1999, to: 2008 };

  it('never lets its ends cross', () => {
    expect(chooseYears({ from: 2000, to: 2003 }, { from: 2005 }, all)).toEqual({
      range: { from: 2005, to: 2005 },
      from: '2005',
      to: '2005'
    });
    expect(chooseYears({ from: 2004, to: 2006 }, { to: 2001 }, all).range).toEqual({ from: 2001, to: 2001 });
  });

  it('is no filter when it holds all the years', () => {
    expect(chooseYears({ from: 2000, to: 2008 }, { from: 1999 }, all)).toMatchObject({ from: '', to: '' });
  });
});
