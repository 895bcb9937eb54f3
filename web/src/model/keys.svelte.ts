// Keys that do something: views name theirs, the shell listens and lists them in the keyboard help.
import { onDestroy } from 'svelte';

export interface KeyAct {
  key: string; // as in KeyboardEvent.key: 'j', '?', 'Enter'
  label: string; // in the language
  act: (event: KeyboardEvent) => void;
}

const state = $state<{ groups: { id: number; keys: () => KeyAct[] }[] }>({ groups: [] });
let next = 1;

export const viewKeys = (): KeyAct[] => state.groups.flatMap((group) => group.keys());

// To be called while a component is set up; the keys go away with it.
export function useKeys(keys: () => KeyAct[]): void {
  const id = next++;
  state.groups = [...state.groups, { id, keys }];
  onDestroy(() => {
    state.groups = state.groups.filter((group) => group.id !== id);
  });
}

// Whether a person is writing, or in a control that takes letters itself: then keys are letters.
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

// The Latin letter on the key that was pressed, so that j stays j on an Arabic or a Russian keyboard.
export function keyOf(event: KeyboardEvent): string {
  if (/^[\u0000-\u007F]$/.test(event.key) || event.key.length > 1) return event.key;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  if (letter) return letter;
  if (event.code === 'Slash') return event.shiftKey ? '?' : '/';
  return event.key;
}
