// The signed head of the log as this page verified it, and the one that this browser kept from an earlier visit.
import * as calls from '$/api/work';
import { ApiError } from '$/api/errors';
import { canHash } from '$/model/verification/bytes';
import { rootText } from '$/model/verification/note';
import { forgetSeenHead, keepSeenHead, readSeenHead } from '$/model/verification/seen';
import { checkHead, passed, type AskConsistency, type CheckedHead, type SeenHead } from '$/model/verification/steps';

// A server that cannot prove it says so with 404; then the growth stays open until the whole log is read.
export const askConsistency: AskConsistency = async (from, to) => {
  try {
    return (await calls.log.consistency(from, to)).proof;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
};

export interface VerifiedHead extends CheckedHead {
  keyText: string;
  seen: SeenHead | null;
  passed: boolean;
}

// Checks a head, and keeps it for the next visit if everything fits and the log did not shrink.
export async function verifyHead(note: string, keyText: string): Promise<VerifiedHead> {
  if (!canHash()) throw new NoSecureContext();
  const seen = readSeenHead();
  const checked = await checkHead(note, keyText, seen, askConsistency);
  const fits = passed(checked.findings);
  const growth = checked.findings.find(({ step }) => step === 'growth');
  const { checkpoint } = checked;
  // A growth that nobody could prove is kept open: the older head stays the measure.
  const proved = growth?.result === 'fits' || growth?.reason === 'firstVisit';
  if (fits && proved && checkpoint && (!seen || checkpoint.size >= seen.size)) {
    keepSeenHead({
      origin: checkpoint.origin,
      size: checkpoint.size,
      root: rootText(checkpoint.root),
      key: keyText,
      at: new Date().toISOString()
    });
  }
  return { ...checked, keyText, seen, passed: fits };
}

export class NoSecureContext extends Error {}

export const trustAnew = forgetSeenHead;
