// A small log for tests, made the slow and obvious way: hashes by Node, the tree by the definitions of RFC 6962, the
// signature by Node's own Ed25519.
import { createHash, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { LogPage, SentEntry, SentProof } from '$/api/log_pages';

type Hash = Buffer<ArrayBufferLike>;
const sha = (...parts: (Uint8Array | string)[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const slowLeaf = (leaf: Uint8Array | string): Hash => sha(Uint8Array.of(0), leaf);
const node = (left: Hash, right: Hash): Hash => sha(Uint8Array.of(1), left, right);

const split = (n: number): number => {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
};

// MTH, PATH and PROOF of RFC 6962, section 2.1, word for word.
export function slowRoot(leaves: Hash[]): Hash {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0] as Hash;
  const k = split(leaves.length);
  return node(slowRoot(leaves.slice(0, k)), slowRoot(leaves.slice(k)));
}
export function slowPath(m: number, leaves: Hash[]): Hash[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...slowPath(m, leaves.slice(0, k)), slowRoot(leaves.slice(k))]
    : [...slowPath(m - k, leaves.slice(k)), slowRoot(leaves.slice(0, k))];
}
export function slowProof(m: number, leaves: Hash[], whole = true): Hash[] {
  if (m === leaves.length) return whole ? [] : [slowRoot(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...slowProof(m, leaves.slice(0, k), whole), slowRoot(leaves.slice(k))]
    : [...slowProof(m - k, leaves.slice(k), false), slowRoot(leaves.slice(0, k))];
}

export class KnownLog {
  readonly entries: SentEntry[];
  readonly origin = 'mithaq.example/record';
  readonly #pair = generateKeyPairSync('ed25519');
  readonly #leaves: Hash[];

  constructor(size: number) {
    this.entries = Array.from({ length: size }, (_, seq) => {
      const body = JSON.stringify({ by: 'account:amina', statement: seq });
      const salt = sha(`salt ${seq}`).subarray(0, 16);
      const body_hash = sha(salt, body).toString('hex');
      const leaf = JSON.stringify({ body_hash, kind: 'review', seq, time: '2027-01-15T08:00:00Z' });
      return { seq, leaf, salt: salt.toString('hex'), body };
    });
    this.#leaves = this.entries.map(({ leaf }) => slowLeaf(leaf));
  }

  leaves(size = this.entries.length): Hash[] {
    return this.#leaves.slice(0, size);
  }

  root(size = this.entries.length): Hash {
    return slowRoot(this.leaves(size));
  }

  get verifierKey(): string {
    return verifierKeyText(this.origin, this.#pair.publicKey);
  }

  checkpoint(size = this.entries.length): string {
    const text = `${this.origin}\n${size}\n${this.root(size).toString('base64')}\n`;
    const id = Buffer.from(this.verifierKey.split('+')[1] ?? '', 'hex');
    const signature = Buffer.concat([id, sign(null, Buffer.from(text), this.#pair.privateKey)]).toString('base64');
    return `${text}\n— ${this.origin} ${signature}\n`;
  }

  proof(seq: number, size = this.entries.length): SentProof {
    return {
      entry: seq,
      leaf: this.entries[seq]?.leaf ?? '',
      tree_size: size,
      proof: slowPath(seq, this.leaves(size)).map((hash) => hash.toString('hex')),
      root: this.root(size).toString('hex'),
      checkpoint: this.checkpoint(size)
    };
  }

  consistency(from: number, to: number): string[] {
    return slowProof(from, this.leaves(to)).map((hash) => hash.toString('hex'));
  }

  page(from: number, limit: number, entries = this.entries): LogPage {
    const next = from + limit < entries.length ? from + limit : null;
    return { entries: entries.slice(from, from + limit), next_from: next };
  }
}

export function verifierKeyText(name: string, key: KeyObject): string {
  const raw = createPublicKey(key.export({ type: 'spki', format: 'pem' }))
    .export({ type: 'spki', format: 'der' })
    .subarray(-32);
  const typed = Buffer.concat([Uint8Array.of(1), raw]);
  const id = sha(`${name}\n`, typed).subarray(0, 4).toString('hex');
  return `${name}+${id}+${typed.toString('base64')}`;
}
