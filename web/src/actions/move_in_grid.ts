// Which cell of a table the focus moves to when a key is pressed (WAI-ARIA Authoring Practices, grid).
export interface Place {
  row: number;
  column: number;
}

//   rows, columns  how many there are; places count from 0
//   rtl            the first column stands at the right: the arrows then follow what is seen
//   returns        null if the key is not for moving
export function moveInGrid(
  at: Place,
  key: { key: string; ctrlKey?: boolean },
  size: { rows: number; columns: number },
  rtl: boolean
): Place | null {
  const clamp = (value: number, count: number) => Math.min(Math.max(value, 0), Math.max(0, count - 1));
  const to = (row: number, column: number): Place => ({
    row: clamp(row, size.rows),
    column: clamp(column, size.columns)
  });
  const forward = rtl ? -1 : 1;
  switch (key.key) {
    case 'ArrowRight':
      return to(at.row, at.column + forward);
    case 'ArrowLeft':
      return to(at.row, at.column - forward);
    case 'ArrowDown':
      return to(at.row + 1, at.column);
    case 'ArrowUp':
      return to(at.row - 1, at.column);
    case 'PageDown':
      return to(at.row + 10, at.column);
    case 'PageUp':
      return to(at.row - 10, at.column);
    case 'Home':
      return key.ctrlKey ? to(0, 0) : to(at.row, 0);
    case 'End':
      return key.ctrlKey ? to(size.rows - 1, size.columns - 1) : to(at.row, size.columns - 1);
    default:
      return null;
  }
}
