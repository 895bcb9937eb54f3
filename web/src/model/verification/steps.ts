// What is checked, step by step, when a head of the log or one entry is verified: each step with its result and what a
// person needs to know of it. The words for them are in i18n/record.
import type { SentEntry, SentProof } from '$/api/log_pages';
import { equal, fromHex, hex, utf8, type Bytes } from './bytes';
import { checkBody, parseHeader, type Header } from './entry';
import { parseCheckpoint, parseVerifierKey, rootText, signatureOf, type Checkpoint, type VerifierKey } from './note';
import { climb, isConsistent, leafHash, type Climb } from './tree';

export type StepName = 'format' | 'key' | 'signature' | 'sameKey' | 'growth' | 'header' | 'body' | 'path' | 'root';
// fits: checked and right. fails: checked and wrong. open: there is nothing to check it against, and why.
export type StepResult = 'fits' | 'fails' | 'open';
// Why a step failed or was left open; one word for each sentence.
export type Reason =
  | 'unreadable'
  | 'wrongKey'
  | 'unsigned'
  | 'wrongSignature'
  | 'firstVisit'
  | 'otherLog'
  | 'otherKey'
  | 'shrunk'
  | 'rewritten'
  | 'noProof'
  | 'sameHead'
  | 'otherPlace'
  | 'altered'
  | 'erased'
  | 'withheld'
  | 'cut'
  | 'otherRoot';

export interface Finding {
  step: StepName;
  result: StepResult;
  reason?: Reason;
  values: Record<string, string | number>;
}

export const passed = (findings: Finding[]): boolean => findings.every((each) => each.result !== 'fails');

// The head that this browser saw last.
export interface SeenHead {
  origin: string;
  size: number;
  root: string; // base64
  key: string; // the verifier key as text
  at: string; // RFC 3339
}

export interface CheckedHead {
  findings: Finding[];
  checkpoint: Checkpoint | null;
  key: VerifierKey | null;
}

// The proof that the log begins with an older one.
//   returns  hashes in hexadecimal; null if the server gives none
export type AskConsistency = (from: number, to: number) => Promise<string[] | null>;

// Checks a signed head: its form, the key, the signature, and that the log only grew since it was last seen here.
export async function checkHead(
  note: string,
  keyText: string,
  seen: SeenHead | null,
  askConsistency: AskConsistency
): Promise<CheckedHead> {
  const findings: Finding[] = [];
  const say = (step: StepName, result: StepResult, values: Finding['values'] = {}, reason?: Reason) =>
    void findings.push({ step, result, values, ...(reason ? { reason } : {}) });

  const checkpoint = parseCheckpoint(note);
  if (!checkpoint) {
    say('format', 'fails', {}, 'unreadable');
    return { findings, checkpoint, key: null };
  }
  say('format', 'fits', { origin: checkpoint.origin, n: checkpoint.size, root: rootText(checkpoint.root) });

  const key = await parseVerifierKey(keyText);
  if (!key) {
    say('key', 'fails', { key: keyText }, 'wrongKey');
    return { findings, checkpoint, key };
  }
  say('key', 'fits', { name: key.name, id: hex(key.id) });

  const signature = await signatureOf(checkpoint, key);
  if (signature === 'signed') say('signature', 'fits', { name: key.name });
  else say('signature', 'fails', { name: key.name }, signature === 'unsigned' ? 'unsigned' : 'wrongSignature');
  if (signature !== 'signed') return { findings, checkpoint, key };

  if (!seen) {
    say('sameKey', 'open', {}, 'firstVisit');
    say('growth', 'open', {}, 'firstVisit');
  } else if (seen.origin !== checkpoint.origin) {
    say('sameKey', 'fails', { before: seen.origin, now: checkpoint.origin, at: seen.at }, 'otherLog');
  } else if (seen.key !== keyText) {
    say('sameKey', 'fails', { before: seen.key, now: keyText, at: seen.at }, 'otherKey');
  } else {
    say('sameKey', 'fits', { at: seen.at });
    findings.push(await checkGrowth(checkpoint, seen, askConsistency));
  }
  return { findings, checkpoint, key };
}

async function checkGrowth(now: Checkpoint, seen: SeenHead, ask: AskConsistency): Promise<Finding> {
  const values = { before: seen.size, n: now.size, at: seen.at };
  const finding = (result: StepResult, reason?: Reason): Finding => ({
    step: 'growth',
    result,
    values,
    ...(reason ? { reason } : {})
  });
  if (now.size < seen.size) return finding('fails', 'shrunk');
  const same = rootText(now.root) === seen.root;
  if (now.size === seen.size) return same ? finding('fits', 'sameHead') : finding('fails', 'rewritten');
  const before = parseCheckpoint(`${seen.origin}\n${seen.size}\n${seen.root}\n\n— x AAAAAAAA\n`);
  if (!before) return finding('open', 'noProof');
  if (seen.size === 0) return finding('fits');
  const proof = await ask(seen.size, now.size);
  if (!proof) return finding('open', 'noProof');
  const hashes = proof.map(fromHex);
  if (hashes.some((hash) => hash === null)) return finding('fails', 'rewritten');
  return (await isConsistent(before, now, hashes as Bytes[])) ? finding('fits') : finding('fails', 'rewritten');
}

export interface CheckedEntry {
  findings: Finding[];
  header: Header | null;
  leaf: string; // hexadecimal
  climbed: Climb[]; // empty if the proof does not fit the tree's form
}

// Checks that an entry stands in the log at its place, unaltered, under a head that checkHead() found right.
export async function checkEntry(
  seq: number,
  sent: SentEntry,
  proof: SentProof,
  head: { size: number; root: Bytes }
): Promise<CheckedEntry> {
  const findings: Finding[] = [];
  const say = (step: StepName, result: StepResult, values: Finding['values'] = {}, reason?: Reason) =>
    void findings.push({ step, result, values: { entry: seq, ...values }, ...(reason ? { reason } : {}) });

  const leaf = await leafHash(utf8(sent.leaf));
  const header = parseHeader(sent.leaf);
  if (!header) say('header', 'fails', {}, 'unreadable');
  else if (header.seq !== seq) say('header', 'fails', { other: header.seq }, 'otherPlace');
  else say('header', 'fits', { leaf: hex(leaf) });

  if (header) {
    const body = await checkBody(header, sent);
    if (body === 'fits') say('body', 'fits', { hash: header.body_hash });
    else if (body === 'altered') say('body', 'fails', { hash: header.body_hash }, 'altered');
    else say('body', 'open', {}, body);
  }

  const hashes = proof.proof.map(fromHex);
  const climbed = hashes.includes(null) ? null : await climb(leaf, seq, head.size, hashes as Bytes[]);
  if (!climbed) {
    say('path', 'fails', { n: proof.proof.length }, 'cut');
    return { findings, header, leaf: hex(leaf), climbed: [] };
  }
  say('path', 'fits', { n: climbed.length });
  const root = climbed.at(-1)?.result ?? leaf;
  if (equal(root, head.root)) say('root', 'fits', { root: hex(root), n: head.size });
  else say('root', 'fails', { root: hex(root), signed: hex(head.root), n: head.size }, 'otherRoot');
  return { findings, header, leaf: hex(leaf), climbed };
}
