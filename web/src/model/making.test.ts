// Asking again until something is made.
import { describe, expect, it } from 'vitest';
import type { Answer, BeingMade } from '$/api/early_warning';
import { isBeingMade, MadeLoader, untilMade } from './making.svelte';

const half: BeingMade = { state: 'being_made', step: 'learning', part: 0.5 };

describe('untilMade', () => {
  it('asks again while it is being made, and says how far it is', async () => {
    const answers: Answer<{ total: number }>[] = [half, { ...half, part: 0.9 }, { total: 3 }];
    const parts: number[] = [];
    let waits = 0;
    const made = await untilMade<{ total: number }>(
      async () => answers.shift() ?? half,
      (making) => parts.push(making.part),
      async () => void ++waits
    );
    expect(made).toEqual({ total: 3 });
    expect(parts).toEqual([0.5, 0.9]);
    expect(waits).toBe(2);
  });

  it('ends with the error of the server', async () => {
    const ask = () => Promise.reject(new Error('gone'));
    await expect(
      untilMade(
        ask,
        () => undefined,
        async () => undefined
      )
    ).rejects.toThrow('gone');
  });
});

describe('isBeingMade', () => {
  it('is not taken in by a state of something else', () => {
    expect(isBeingMade(half)).toBe(true);
    expect(isBeingMade({ state: 'war' })).toBe(false);
    expect(isBeingMade({})).toBe(false);
  });
});

describe('MadeLoader', () => {
  it('waits no longer once the question is taken back', async () => {
    const loader = new MadeLoader<{ total: number }>();
    let asked = 0;
    const ask = async () => {
      ++asked;
      return half;
    };
    const loading = loader.loadMade(ask);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(loader.making).toEqual(half);
    loader.cancel();
    await loading;
    expect(asked).toBe(1);
    expect(loader.error).toBeNull();
    expect(loader.loading).toBe(false);
  });

  it('takes what was made', async () => {
    const loader = new MadeLoader<{ total: number }>();
    await loader.loadMade(async () => ({ total: 4 }));
    expect(loader.data).toEqual({ total: 4 });
    expect(loader.making).toBeNull();
  });
});
