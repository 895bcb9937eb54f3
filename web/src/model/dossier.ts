// A dossier on paper: each paragraph that it rests on has one number, and the list at its end says which.
import type { Citation, Statement } from '$/api/types';

export interface Numbered {
  number: number;
  citation: Citation;
}

export interface Sources {
  list: Numbered[];
  numberOf: (citation: Citation) => number;
}

const place = (citation: Citation) => `${citation.document}\u0000${citation.paragraph}`;

// Numbers in the order of first use.
export function sourcesOf(statements: readonly Statement[]): Sources {
  const numbers = new Map<string, Numbered>();
  for (const { citation } of statements) {
    const key = place(citation);
    if (!numbers.has(key)) numbers.set(key, { number: numbers.size + 1, citation });
  }
  return { list: [...numbers.values()], numberOf: (citation) => numbers.get(place(citation))?.number ?? 0 };
}
