// The whole log, entry by entry, against a signed head: every body, every header, and the root that they give. Memory
// grows by one hash for 256 entries, whatever the length of the log.
import type { LogPage } from '$/api/log_pages';
import { equal, fromHex, utf8, type Bytes } from './bytes';
import { faultOf, type EntryFault } from './entry';
import { GrowingTree, leafHash, nodeHash, auditPath, tileLeaves } from './tree';

export interface LogSource {
  page: (from: number, limit: number) => Promise<LogPage>;
  proof: (seq: number) => Promise<{ tree_size: number; proof: string[] }>;
}

export interface Tally {
  done: number; // entries read
  fits: number; // bodies that fit
  erased: number;
  withheld: number;
}

export interface Fault {
  entry: number;
  fault: EntryFault | 'missing' | 'tree';
}

export interface WholeLogResult extends Tally {
  faults: Fault[]; // the first ones; empty if everything fits
  rootFits: boolean;
  begins: boolean | null; // whether the log begins with the older head; null if there was none
  located: boolean; // if the root does not fit: whether the first wrong entry could be named
}

export const faultsMax = 100;
const pageLimit = 1000;

// Reads the entries [0, size) and holds them against the signed root.
//   older       a head that was seen before, if there is one
//   onProgress  after each page
export async function readWholeLog(
  source: LogSource,
  head: { size: number; root: Bytes },
  older: { size: number; root: Bytes } | null,
  onProgress: (tally: Tally) => void
): Promise<WholeLogResult> {
  const tally: Tally = { done: 0, fits: 0, erased: 0, withheld: 0 };
  const faults: Fault[] = [];
  const note = (entry: number, fault: Fault['fault']) => {
    if (faults.length < faultsMax) faults.push({ entry, fault });
  };
  const tree = new GrowingTree();
  let begins: boolean | null = older === null ? null : older.size === 0;
  let next: Promise<LogPage> | null = head.size > 0 ? source.page(0, pageLimit) : null;
  while (next !== null) {
    const { entries, next_from } = await next;
    const kept = entries.slice(0, head.size - tally.done);
    const after = tally.done + kept.length;
    // The next page is on its way while this one is computed.
    next = next_from !== null && after < head.size && kept.length > 0 ? source.page(after, pageLimit) : null;
    const first = tally.done;
    const checked = await Promise.all(
      kept.map(async (entry, at) => ({
        leaf: await leafHash(utf8(entry.leaf)),
        ...(await faultOf(entry, first + at))
      }))
    );
    for (const [at, { leaf, fault, body }] of checked.entries()) {
      if (fault) note(first + at, fault);
      else if (body !== 'altered') ++tally[body];
      await tree.add(leaf);
      if (older && tree.size === older.size) begins = equal(await tree.root(), older.root);
    }
    tally.done = after;
    onProgress({ ...tally });
  }
  if (tally.done < head.size) note(tally.done, 'missing');
  const rootFits = tally.done === head.size && equal(await tree.root(), head.root);
  let located = faults.some((each) => each.fault !== 'body');
  if (!rootFits && !located) {
    const entry = await firstDifference(source, tree.tiles, head);
    if (entry !== null) {
      note(entry, 'tree');
      located = true;
    }
  }
  return { ...tally, faults, rootFits, begins, located };
}

// The first entry whose header is not the one that the signed root stands for. Descends from the root: the hashes of both
// halves come out of the server's proofs and must make the hash above; ours come out of the entries that it sent.
//   returns  null if the proofs do not lead to the signed root either
async function firstDifference(
  source: LogSource,
  tiles: Bytes[],
  head: { size: number; root: Bytes }
): Promise<number | null> {
  let from = 0;
  let to = head.size;
  let signed = head.root;
  let leaves: { tile: number; hashes: Bytes[] } | null = null;

  // The hash of leaves [a, b) as the entries that were sent give it.
  async function ours(a: number, b: number): Promise<Bytes | null> {
    const tile = Math.floor(a / tileLeaves);
    if (b - a === tileLeaves && a % tileLeaves === 0) return tiles[tile] ?? null;
    if (b - a === 1) {
      if (leaves?.tile !== tile) {
        const { entries } = await source.page(tile * tileLeaves, tileLeaves);
        leaves = { tile, hashes: await Promise.all(entries.map((entry) => leafHash(utf8(entry.leaf)))) };
      }
      return leaves.hashes[a % tileLeaves] ?? null;
    }
    const middle = a + halfOf(b - a);
    const [left, right] = [await ours(a, middle), await ours(middle, b)];
    return left && right ? nodeHash(left, right) : null;
  }

  // The hash of leaves [a, b) as the proof of a leaf beside them gives it.
  async function theirs(a: number, b: number, beside: number): Promise<Bytes | null> {
    const { tree_size, proof } = await source.proof(beside);
    const steps = auditPath(beside, tree_size);
    const at = steps.findIndex(({ sibling }) => sibling.from === a && sibling.to === b);
    return fromHex(proof[at] ?? 'none');
  }

  while (to - from > 1) {
    const middle = from + halfOf(to - from);
    const left = await theirs(from, middle, middle);
    const right = await theirs(middle, to, from);
    if (!left || !right || !equal(await nodeHash(left, right), signed)) return null;
    const sent = await ours(from, middle);
    if (sent && equal(sent, left)) {
      from = middle;
      signed = right;
    } else {
      to = middle;
      signed = left;
    }
  }
  return from;
}

// Where a tree of n leaves is split.
function halfOf(n: number): number {
  const step = auditPath(0, n).at(-1);
  return step ? step.sibling.from : 1;
}
