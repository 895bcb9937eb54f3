// What differs between two versions of a text, word by word. Words keep their order in the text, so that the same works for
// texts that read from the right: which side a word stands on is the drawing's matter.

export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

// Words with their combining marks, runs of white space, and every other sign by itself.
const tokensOf = (text: string): string[] =>
  text.match(/\s+|[\p{L}\p{M}\p{N}_\u0640'’-]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];

// Beyond this many comparisons the middle of two texts is told as replaced: a page must not stand still.
const comparisonsMax = 4_000_000;

// The longest common subsequence of two lists, as pieces of one token each.
function compared(before: string[], after: string[]): Piece[] {
  const width = after.length + 1;
  const best = new Uint32Array((before.length + 1) * width);
  for (let row = before.length - 1; row >= 0; --row) {
    for (let column = after.length - 1; column >= 0; --column) {
      best[row * width + column] =
        before[row] === after[column]
          ? (best[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(best[(row + 1) * width + column] ?? 0, best[row * width + column + 1] ?? 0);
    }
  }
  const out: Piece[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const old = before[row];
    const fresh = after[column];
    if (old !== undefined && old === fresh) {
      out.push({ kind: 'same', text: old });
      ++row;
      ++column;
    } else if (
      old !== undefined &&
      (fresh === undefined || (best[(row + 1) * width + column] ?? 0) >= (best[row * width + column + 1] ?? 0))
    ) {
      out.push({ kind: 'removed', text: old });
      ++row;
    } else {
      out.push({ kind: 'added', text: fresh ?? '' });
      ++column;
    }
  }
  return out;
}

// Puts what was removed before what was added, and takes white space between two changes into both where both have words,
// so that a rewritten phrase is one change and not ten.
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  const push = (kind: Piece['kind'], text: string) => {
    const last = out.at(-1);
    if (text === '') return;
    if (last?.kind === kind) last.text += text;
    else out.push({ kind, text });
  };
  let cluster: Piece[] = []; // changes, and white space between them
  const close = () => {
    const trailing: Piece[] = [];
    while (cluster.at(-1)?.kind === 'same') trailing.unshift(...cluster.splice(-1));
    const words = (kind: Piece['kind']) => cluster.some((each) => each.kind === kind && each.text.trim() !== '');
    if (words('removed') && words('added')) {
      push('removed', beforeOf(cluster));
      push('added', afterOf(cluster));
    } else {
      for (const { kind, text } of cluster) push(kind, text);
    }
    for (const { kind, text } of trailing) push(kind, text);
    cluster = [];
  };
  for (const piece of pieces) {
    const between = piece.kind === 'same' && cluster.length > 0 && /^\s+$/.test(piece.text);
    if (piece.kind !== 'same' || between) {
      cluster.push(piece);
    } else {
      close();
      push('same', piece.text);
    }
  }
  close();
  return out;
}

//   example  wordDiff('five factors', 'six factors') is removed 'five', added 'six', same ' factors'
export function wordDiff(before: string, after: string): Piece[] {
  const old = tokensOf(before);
  const fresh = tokensOf(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) ++head;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  )
    ++tail;
  const oldMiddle = old.slice(head, old.length - tail);
  const freshMiddle = fresh.slice(head, fresh.length - tail);
  const middle: Piece[] =
    oldMiddle.length * freshMiddle.length <= comparisonsMax
      ? compared(oldMiddle, freshMiddle)
      : [
          { kind: 'removed', text: oldMiddle.join('') },
          { kind: 'added', text: freshMiddle.join('') }
        ];
  return joined([
    { kind: 'same', text: old.slice(0, head).join('') },
    ...middle,
    { kind: 'same', text: old.slice(old.length - tail).join('') }
  ]);
}

// The versions themselves, out of the pieces.
export const beforeOf = (pieces: readonly Piece[]): string =>
  pieces
    .filter(({ kind }) => kind !== 'added')
    .map(({ text }) => text)
    .join('');
export const afterOf = (pieces: readonly Piece[]): string =>
  pieces
    .filter(({ kind }) => kind !== 'removed')
    .map(({ text }) => text)
    .join('');
