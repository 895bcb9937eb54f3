import { expect, it } from 'vitest';
import { History } from './history.svelte';

it('takes back and does again; a new act forgets what was undone', async () => {
  const history = new History();
  let value = 0;
  const act = (by: number) => {
    value += by;
    history.push({
      label: String(by),
      undo: async () => void (value -= by),
      redo: async () => void (value += by)
    });
  };
  act(1);
  act(10);
  await history.undo();
  expect(value).toBe(1);
  await history.redo();
  expect(value).toBe(11);
  await history.undo();
  act(100);
  expect(history.canRedo).toBe(false);
  expect(value).toBe(101);
});

it('keeps an act that could not be taken back', async () => {
  const history = new History();
  history.push({
    label: 'x',
    undo: () => Promise.reject(new Error('the server is away')),
    redo: async () => undefined
  });
  await expect(history.undo()).rejects.toThrow('away');
  expect(history.canUndo).toBe(true);
  expect(history.canRedo).toBe(false);
});
