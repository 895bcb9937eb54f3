// The signed head of the log: a C2SP checkpoint (origin, size, root) in a C2SP signed note with Ed25519.
import { base64, equal, fromBase64, fromHex, joined, sha256, utf8, type Bytes } from './bytes';
import { hashBytes } from './tree';

const ed25519 = 1; // the kind of a key and its signatures

// Who signs: "name+hash+base64" as a note verifier key.
export interface VerifierKey {
  name: string;
  id: Bytes; // 4 bytes
  publicKey: Bytes; // 32 bytes
}

export interface NoteSignature {
  name: string;
  keyId: Bytes;
  signature: Bytes;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
  text: string; // what the signatures cover, with its last line end
  signatures: NoteSignature[];
}

// The first four bytes of SHA-256(name, line end, kind, public key).
export async function keyId(name: string, publicKey: Bytes): Promise<Bytes> {
  return (await sha256(joined(utf8(`${name}\n`), Uint8Array.of(ed25519), publicKey))).slice(0, 4);
}

//   returns  null if the text is not such a key, or its id is not that of its name and bytes
export async function parseVerifierKey(text: string): Promise<VerifierKey | null> {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text.trim());
  if (!parts) return null;
  const [, name = '', idText = '', keyText = ''] = parts;
  const id = fromHex(idText);
  const key = fromBase64(keyText);
  if (!id || key?.length !== 33 || key[0] !== ed25519) return null;
  const publicKey = key.slice(1);
  return equal(await keyId(name, publicKey), id) ? { name, id, publicKey } : null;
}

//   returns  null if the bytes are not a checkpoint in a signed note
export function parseCheckpoint(note: string): Checkpoint | null {
  const border = note.lastIndexOf('\n\n');
  if (border < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, border + 1);
  const [origin = '', sizeText = '', rootText = ''] = text.split('\n');
  const root = fromBase64(rootText);
  const size = Number(sizeText);
  if (origin === '' || !/^(0|[1-9]\d*)$/.test(sizeText) || !Number.isSafeInteger(size)) return null;
  if (root?.length !== hashBytes) return null;
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(border + 2, -1).split('\n')) {
    const parts = /^— ([^\s+]+) (\S+)$/u.exec(line);
    const bytes = fromBase64(parts?.[2] ?? '');
    if (!parts || !bytes || bytes.length < 5) return null;
    signatures.push({ name: parts[1] ?? '', keyId: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { origin, size, root, text, signatures };
}

// The signature check of the browser where it has Ed25519; else a small implementation, loaded when it is needed.
async function ed25519Verify(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, message);
  } catch {
    return ed25519VerifyWithout(publicKey, message, signature);
  }
}

export async function ed25519VerifyWithout(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  const { verifyAsync } = await import('@noble/ed25519');
  try {
    return await verifyAsync(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // a key or a signature that is no point of the curve
  }
}

export type SignatureResult = 'signed' | 'unsigned' | 'wrong';

// Whether the key signed the note; signatures of other keys are left aside.
export async function signatureOf(checkpoint: Checkpoint, key: VerifierKey): Promise<SignatureResult> {
  const own = checkpoint.signatures.filter((each) => each.name === key.name && equal(each.keyId, key.id));
  if (own.length === 0) return 'unsigned';
  for (const each of own) {
    if (!(await ed25519Verify(key.publicKey, utf8(checkpoint.text), each.signature))) return 'wrong';
  }
  return 'signed';
}

// How a root is written in a checkpoint.
export const rootText = (root: Uint8Array): string => base64(root);
