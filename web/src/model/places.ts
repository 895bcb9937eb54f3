// Where the words of a paragraph stand in the raw text, and back. Text counts code points, raw text bytes.
import type { ByteRange, Paragraph, Range } from '$/api/types';

// For each code point of a paragraph's text the bytes [begin, end) of the raw text that it comes from; -1 for words put
// between (the blank between two lines).
export interface Places {
  begins: Int32Array;
  ends: Int32Array;
}

function bytesOf(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

// Words that stand there as they came are followed letter by letter; changed ones point to all that they replace.
export function placesOf({ text, pieces }: Pick<Paragraph, 'text' | 'pieces'>): Places {
  const letters = [...text];
  const begins = new Int32Array(letters.length).fill(-1);
  const ends = new Int32Array(letters.length).fill(-1);
  for (const { range, raw_bytes, verbatim } of pieces) {
    const [begin, end] = raw_bytes;
    if (end <= begin) continue;
    let byte = begin;
    for (let at = range[0]; at < Math.min(range[1], letters.length); ++at) {
      const length = bytesOf(letters[at]?.codePointAt(0) ?? 0);
      begins[at] = verbatim ? Math.min(byte, end) : begin;
      ends[at] = verbatim ? Math.min(byte + length, end) : end;
      byte += length;
    }
  }
  return { begins, ends };
}

// The raw text behind a stretch of words, in the order of the raw text.
export function rawOf(places: Places, [begin, end]: Range): ByteRange[] {
  const found: ByteRange[] = [];
  for (let at = begin; at < Math.min(end, places.begins.length); ++at) {
    const from = places.begins[at] ?? -1;
    if (from >= 0) found.push([from, places.ends[at] ?? from]);
  }
  return merged(found);
}

// The words that come from places of the raw text.
export function textOf(places: Places, raw: ByteRange[]): Range[] {
  const out: Range[] = [];
  let begin = -1;
  let last = -1;
  for (let at = 0; at < places.begins.length; ++at) {
    const from = places.begins[at] ?? -1;
    // Blanks put between two lines belong to words on both sides of them.
    if (from < 0) continue;
    const to = places.ends[at] ?? from;
    const hit = raw.some(([a, b]) => from < b && a < to);
    if (hit && begin < 0) begin = at;
    if (hit) last = at;
    if (!hit && begin >= 0) {
      out.push([begin, last + 1]);
      begin = -1;
    }
  }
  if (begin >= 0) out.push([begin, last + 1]);
  return out;
}

// Ranges in order, those that touch or overlap as one.
//   example  merged([[4, 6], [0, 2], [2, 3]]) is [[0, 3], [4, 6]]
export function merged(ranges: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [begin, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([begin, end]);
  }
  return out;
}

export const overlap = (a: [number, number], b: [number, number]): boolean => a[0] < b[1] && b[0] < a[1];

// The lines of the raw text that hold some of its places, as bytes [begin, end); lines with only blank lines between
// them are one stretch.
//   base   the byte of the whole raw text at which `bytes` begin
export function linesAround(bytes: Uint8Array, base: number, places: ByteRange[]): ByteRange[] {
  const newline = 10;
  const grown = places.map(([begin, end]): ByteRange => {
    let from = Math.max(begin - base, 0);
    let to = Math.min(Math.max(end - base, from), bytes.length);
    while (from > 0 && bytes[from - 1] !== newline) --from;
    while (to < bytes.length && bytes[to] !== newline) ++to;
    return [from + base, to + base];
  });
  const blank = (begin: number, end: number) => {
    for (let at = begin; at < end; ++at) {
      const byte = bytes[at - base] ?? 0;
      if (byte !== newline && byte !== 13 && byte !== 32 && byte !== 9) return false;
    }
    return true;
  };
  const out: ByteRange[] = [];
  for (const [begin, end] of merged(grown)) {
    const last = out.at(-1);
    if (last && blank(last[1], begin)) last[1] = end;
    else out.push([begin, end]);
  }
  return out;
}
