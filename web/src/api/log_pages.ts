// The log as bytes to verify: its entries in pages, and the proofs. Apart from client.ts, because the worker that
// verifies the whole log has neither the language nor the page around it.

// An entry as the server gives it: the header's canonical JSON is the leaf; the body stands beside it, or not.
export interface SentEntry {
  seq: number;
  leaf: string;
  salt: string; // hexadecimal; empty if the body is not given
  body: string | null;
  withheld?: boolean; // the body belongs to a document that is not open to whoever asks
}

export interface LogPage {
  entries: SentEntry[];
  next_from: number | null;
}

export interface SentProof {
  entry: number;
  leaf: string;
  tree_size: number;
  proof: string[]; // hexadecimal, from the leaf up
  root: string; // hexadecimal
  checkpoint: string; // the signed head that the proof leads to
}

export class LogError extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`);
  }
}

async function ask<T>(path: string): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/record/${path}`, {
      headers: { Accept: 'application/json' },
      credentials: 'same-origin'
    });
  } catch {
    throw new LogError(0);
  }
  if (!answer.ok) throw new LogError(answer.status);
  return (await answer.json()) as T;
}

export const logPage = (from: number, limit: number): Promise<LogPage> =>
  ask<LogPage>(`entries?from=${from}&limit=${limit}`);

export const logProof = (seq: number): Promise<SentProof> => ask<SentProof>(`proof/${seq}`);
