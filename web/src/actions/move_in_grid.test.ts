// Moving in a table by keys.
import { describe, expect, it } from 'vitest';
import { moveInGrid } from './move_in_grid';

describe('moveInGrid', () => {
  const size = { rows: 3, columns: 4 };
  const from = { row: 1, column: 1 };

  it('follows what is seen: the right arrow goes back where the line runs from the right', () => {
    expect(moveInGrid(from, { key: 'ArrowRight' }, size, false)).toEqual({ row: 1, column: 2 });
    expect(moveInGrid(from, { key: 'ArrowRight' }, size, true)).toEqual({ row: 1, column: 0 });
  });

  it('stays inside', () => {
    expect(moveInGrid({ row: 0, column: 0 }, { key: 'ArrowUp' }, size, false)).toEqual({ row: 0, column: 0 });
    expect(moveInGrid(from, { key: 'PageDown' }, size, false)).toEqual({ row: 2, column: 1 });
  });

  it('goes to the ends', () => {
    expect(moveInGrid(from, { key: 'End' }, size, true)).toEqual({ row: 1, column: 3 });
    expect(moveInGrid(from, { key: 'End', ctrlKey: true }, size, true)).toEqual({ row: 2, column: 3 });
    expect(moveInGrid(from, { key: 'Home', ctrlKey: true }, size, true)).toEqual({ row: 0, column: 0 });
  });

  it('leaves other keys alone', () => {
    expect(moveInGrid(from, { key: 'x' }, size, false)).toBeNull();
  });
});
