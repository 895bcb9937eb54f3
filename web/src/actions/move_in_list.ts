// Which line of a list the mark moves to when a key is pressed (WAI-ARIA Authoring Practices, listbox).

//   at        counts from 0; -1 if none is marked
//   returns   null if the key is not for moving, or there is nothing to move in
export function moveInList(at: number, key: string, count: number): number | null {
  if (count === 0) return null;
  const clamp = (value: number) => Math.min(Math.max(value, 0), count - 1);
  switch (key) {
    case 'ArrowDown':
      return clamp(at + 1);
    case 'ArrowUp':
      return clamp(at - 1);
    case 'PageDown':
      return clamp(at + 10);
    case 'PageUp':
      return clamp(at - 10);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
