// The Merkle tree of the log (RFC 6962, section 2.1): its hashes, and what its two proofs must look like.
//
// Leaf: SHA-256(0x00, header). Inner node: SHA-256(0x01, left, right). A tree of n leaves is split after the greatest power
// of two below n.
import { equal, joined, sha256, type Bytes } from './bytes';

export const hashBytes = 32;
// As the record's tiles: the roots of whole subtrees of so many leaves are kept while a tree grows.
export const tileLeaves = 256;

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

export const leafHash = (leaf: Bytes): Promise<Bytes> => sha256(joined(leafMark, leaf));
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(joined(nodeMark, left, right));
// The tree of no entries.
export const emptyRoot = (): Promise<Bytes> => sha256(new Uint8Array(0));

// The greatest power of two below n; n is at least 2.
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

// A subtree: the leaves [from, to).
export interface Subtree {
  from: number;
  to: number;
}
// One step from a leaf towards the root: the subtree beside it, and the subtree that both make.
export interface Step {
  sibling: Subtree;
  side: 'before' | 'after'; // where the sibling stands
  whole: Subtree;
}

// The way from a leaf to the root of a tree of `size` leaves, leaf first. It follows from the two numbers alone, so a
// proof that is cut or stretched is found out.
export function auditPath(index: number, size: number): Step[] {
  const out: Step[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + split(to - from);
    const whole = { from, to };
    if (index < middle) {
      out.push({ sibling: { from: middle, to }, side: 'after', whole });
      to = middle;
    } else {
      out.push({ sibling: { from, to: middle }, side: 'before', whole });
      from = middle;
    }
  }
  return out.reverse();
}

export interface Climb {
  step: Step;
  sibling: Bytes;
  result: Bytes;
}

// Climbs from a leaf's hash to the root by the hashes of a proof.
//   returns  null if the proof has not as many hashes as the way has steps
export async function climb(leaf: Bytes, index: number, size: number, proof: Bytes[]): Promise<Climb[] | null> {
  if (index < 0 || index >= size) return null;
  const steps = auditPath(index, size);
  if (steps.length !== proof.length) return null;
  const out: Climb[] = [];
  let at = leaf;
  for (const [level, step] of steps.entries()) {
    const sibling = proof[level] as Bytes;
    if (sibling.length !== hashBytes) return null;
    at = step.side === 'before' ? await nodeHash(sibling, at) : await nodeHash(at, sibling);
    out.push({ step, sibling, result: at });
  }
  return out;
}

// Whether a tree begins with an older one (RFC 9162, section 2.1.4.2).
export async function isConsistent(
  older: { size: number; root: Bytes },
  newer: { size: number; root: Bytes },
  proof: Bytes[]
): Promise<boolean> {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && equal(older.root, newer.root);
  // Every log begins with nothing.
  if (older.size === 0) return proof.length === 0 && equal(older.root, await emptyRoot());
  const path = [...proof];
  if (path.some((each) => each.length !== hashBytes)) return false;
  // A whole subtree of the newer tree: its root is known and not sent.
  if (Number.isInteger(Math.log2(older.size))) path.unshift(older.root);
  let first = older.size - 1;
  let last = newer.size - 1;
  while (first % 2 === 1) {
    first = Math.floor(first / 2);
    last = Math.floor(last / 2);
  }
  const start = path.shift();
  if (!start) return false;
  let olderRoot = start;
  let newerRoot = start;
  for (const hash of path) {
    if (last === 0) return false;
    if (first % 2 === 1 || first === last) {
      olderRoot = await nodeHash(hash, olderRoot);
      newerRoot = await nodeHash(hash, newerRoot);
      while (first % 2 === 0 && first !== 0) {
        first = Math.floor(first / 2);
        last = Math.floor(last / 2);
      }
    } else {
      newerRoot = await nodeHash(newerRoot, hash);
    }
    first = Math.floor(first / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equal(olderRoot, older.root) && equal(newerRoot, newer.root);
}

// Grows a tree leaf by leaf. Of what it was given it keeps the roots of its whole subtrees, and those of its tiles.
export class GrowingTree {
  #whole: Bytes[] = []; // [level], empty where there is none
  #present: boolean[] = [];
  #size = 0;
  readonly tiles: Bytes[] = []; // roots of the leaves [256 i, 256 (i + 1))

  get size(): number {
    return this.#size;
  }

  async add(leaf: Bytes): Promise<void> {
    let level = 0;
    let carried = leaf;
    while (this.#present[level]) {
      carried = await nodeHash(this.#whole[level] as Bytes, carried);
      this.#present[level] = false;
      ++level;
      if (2 ** level === tileLeaves) this.tiles.push(carried);
    }
    this.#whole[level] = carried;
    this.#present[level] = true;
    ++this.#size;
  }

  async root(): Promise<Bytes> {
    let at: Bytes | null = null;
    for (const [level, present] of this.#present.entries()) {
      if (!present) continue;
      const subtree = this.#whole[level] as Bytes;
      at = at === null ? subtree : await nodeHash(subtree, at);
    }
    return at ?? (await emptyRoot());
  }
}
