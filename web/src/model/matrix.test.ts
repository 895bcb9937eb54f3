// The heat table: the grid, and what stands behind a cell.
import { describe, expect, it } from 'vitest';
import type { Matrix } from '$/api/activity';
import { noFilters } from './filters';
import { dimensionOf, gridOf, statementsBehind } from './matrix';

const line = (id: string, total: number) => ({ id, name: id, total });
const matrix: Matrix = {
  rows: [line('OSCE', 5), line('UN', 3)],
  columns: [line('return', 6), line('police', 2), line('children', 0)],
  cells: [
    { row: 0, column: 0, statements: 4, leads: 2, confirmed: 1, contradiction: true },
    { row: 1, column: 1, statements: 1, leads: 0, confirmed: 0, contradiction: false },
    { row: 7, column: 0, statements: 9, leads: 0, confirmed: 0, contradiction: false }
  ],
  others: { rows: 0, columns: 0 },
  total: 8
};

describe('gridOf', () => {
  const grid = gridOf(matrix);

  it('is full, also where the server sent nothing', () => {
    expect(grid.cells.map((row) => row.map((cell) => cell.statements))).toEqual([
      [4, 0, 0],
      [0, 1, 0]
    ]);
  });

  it('keeps leads and contradictions, and gives each count its step', () => {
    expect(grid.cells[0]?.[0]).toMatchObject({ leads: 2, contradiction: true });
    expect(grid.cells[0]?.[1]?.step).toBe(0);
    expect((grid.cells[0]?.[0]?.step ?? 0) > (grid.cells[1]?.[1]?.step ?? 0)).toBe(true);
  });
});

describe('statementsBehind', () => {
  it('adds what the row and the column stand for', () => {
    const filters = { ...noFilters, review: 'confirmed' as const, org: ['AU', 'OSCE'] };
    expect(
      statementsBehind(filters, [
        { dimension: 'organization', id: 'OSCE' },
        { dimension: 'theme', id: 'return' }
      ])
    ).toEqual({ review: 'confirmed', org: ['OSCE'], theme: 'return' });
  });

  it('asks for both organizations of a cell of two', () => {
    expect(
      statementsBehind(noFilters, [
        { dimension: 'organization', id: 'OSCE' },
        { dimension: 'organization', id: 'UN' }
      ])
    ).toEqual({ org: ['OSCE', 'UN'], all: true });
  });

  it('narrows to a year', () => {
    expect(statementsBehind({ ...noFilters, from: '1990' }, [{ dimension: 'year', id: '1999' }])).toEqual({
      from: '1999',
      to: '1999'
    });
  });
});

describe('dimensionOf', () => {
  it('falls back on what it knows', () => {
    expect([dimensionOf('place', 'theme'), dimensionOf('colour', 'theme'), dimensionOf(null, 'year')]).toEqual([
      'place',
      'theme',
      'year'
    ]);
  });
});
