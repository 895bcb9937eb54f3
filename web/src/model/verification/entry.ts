// An entry of the log as the server sends it, held against what the log's own bytes say of it.
import type { SentEntry } from '$/api/log_pages';
import { fromHex, hex, joined, sha256, utf8 } from './bytes';

export interface Header {
  body_hash: string;
  kind: string;
  seq: number;
  time: string;
}

//   returns  null if the text is not a header, byte for byte as it is hashed (RFC 8785)
export function parseHeader(leaf: string): Header | null {
  let value: unknown;
  try {
    value = JSON.parse(leaf);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { body_hash, kind, seq, time } = value as Record<string, unknown>;
  if (typeof body_hash !== 'string' || !/^[0-9a-f]{64}$/.test(body_hash)) return null;
  if (typeof kind !== 'string' || typeof time !== 'string') return null;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return null;
  // In the order of their names, no blanks: another way to write the same header would have another hash.
  return JSON.stringify({ body_hash, kind, seq, time }) === leaf ? { body_hash, kind, seq, time } : null;
}

export type BodyResult = 'fits' | 'altered' | 'erased' | 'withheld';

// Whether the body is the one whose salted hash stands in the header.
export async function checkBody(header: Header, sent: SentEntry): Promise<BodyResult> {
  if (sent.body === null) return sent.withheld ? 'withheld' : 'erased';
  const salt = fromHex(sent.salt);
  if (!salt || salt.length === 0) return 'altered';
  return hex(await sha256(joined(salt, utf8(sent.body)))) === header.body_hash ? 'fits' : 'altered';
}

export type EntryFault = 'header' | 'place' | 'body';

// What is wrong with an entry at place `seq`, before the tree is asked.
export async function faultOf(sent: SentEntry, seq: number): Promise<{ fault: EntryFault | null; body: BodyResult }> {
  const header = parseHeader(sent.leaf);
  if (!header) return { fault: 'header', body: 'altered' };
  if (header.seq !== seq || sent.seq !== seq) return { fault: 'place', body: 'altered' };
  const body = await checkBody(header, sent);
  return { fault: body === 'altered' ? 'body' : null, body };
}
