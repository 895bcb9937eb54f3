// The raw text behind a page of paragraphs: the bytes as they came, and at which byte of the whole they begin.
import * as calls from '$/api/calls';
import type { DocumentText } from '$/api/types';

export interface RawText {
  parts: { begin: number; bytes: Uint8Array }[];
  tooLong: boolean;
}

// Longer texts come section by section, those on the page only.
const wholeMax = 2 << 20;

const kept = new Map<string, RawText>();

export async function loadRaw({ document, paragraphs }: DocumentText, signal: AbortSignal): Promise<RawText> {
  const sections = [...new Set(paragraphs.map((each) => each.section))];
  const whole = document.sections <= 1 || document.raw_bytes <= wholeMax;
  const key = `${document.id} ${whole ? 'whole' : sections.join(',')}`;
  const known = kept.get(key);
  if (known) return known;
  let text: RawText;
  if (whole) {
    text = { parts: [{ begin: 0, bytes: await calls.documents.raw(document.id, null, signal) }], tooLong: false };
  } else {
    const begins = new Map(paragraphs.map((each) => [each.section, each.section_begin]));
    if ([...begins.values()].some((begin) => begin === undefined)) return { parts: [], tooLong: true };
    const parts = await Promise.all(
      sections.map(async (section) => ({
        begin: begins.get(section) ?? 0,
        bytes: await calls.documents.raw(document.id, section, signal)
      }))
    );
    text = { parts, tooLong: false };
  }
  kept.clear();
  kept.set(key, text);
  return text;
}
