import { describe, expect, it } from 'vitest';
import { moveInList } from './move_in_list';

describe('moveInList', () => {
  it('stays within the list', () => {
    expect(moveInList(0, 'ArrowUp', 3)).toBe(0);
    expect(moveInList(2, 'ArrowDown', 3)).toBe(2);
    expect(moveInList(4, 'PageDown', 8)).toBe(7);
    expect(moveInList(4, 'PageUp', 8)).toBe(0);
    expect(moveInList(4, 'Home', 8)).toBe(0);
    expect(moveInList(4, 'End', 8)).toBe(7);
  });
  it('begins at the first line where none is marked', () => expect(moveInList(-1, 'ArrowDown', 3)).toBe(0));
  it('leaves other keys alone, and every key in an empty list', () => {
    expect(moveInList(0, 'Enter', 3)).toBeNull();
    expect(moveInList(0, 'ArrowDown', 0)).toBeNull();
  });
});
