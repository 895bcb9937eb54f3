// Verifies the whole log beside the page, so that the page stays at hand: reports after each page of entries, and is ended
// to cancel it.
import { LogError, logPage, logProof } from '$/api/log_pages';
import { fromBase64 } from './bytes';
import { readWholeLog, type Tally, type WholeLogResult } from './whole_log';

export interface WholeLogTask {
  size: number;
  root: string; // base64
  older: { size: number; root: string } | null;
}

export type WholeLogReport =
  { kind: 'progress'; tally: Tally } | { kind: 'done'; result: WholeLogResult } | { kind: 'failed'; status: number };

const report = (message: WholeLogReport) => postMessage(message);

addEventListener('message', (event: MessageEvent<WholeLogTask>) => {
  const { size, root, older } = event.data;
  const bytes = (text: string) => fromBase64(text) ?? new Uint8Array(0);
  readWholeLog(
    { page: logPage, proof: logProof },
    { size, root: bytes(root) },
    older && { size: older.size, root: bytes(older.root) },
    (tally) => report({ kind: 'progress', tally })
  ).then(
    (result) => report({ kind: 'done', result }),
    (error: unknown) => report({ kind: 'failed', status: error instanceof LogError ? error.status : -1 })
  );
});
