// Putting a value in and taking it out.
import { describe, expect, it } from 'vitest';
import { toggleValue } from './toggle_value';

describe('toggleValue', () => {
  it('puts in at the end and takes out in place', () => {
    expect(toggleValue(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
    expect(toggleValue(['a', 'b'], 'a')).toEqual(['b']);
  });
});
