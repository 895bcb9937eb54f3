// The head of the log that this browser saw last: a log that was replaced, key included, can be found out only by whoever
// kept an older head.
import type { SeenHead } from './steps';

const kept = 'mithaq.head';

export function readSeenHead(): SeenHead | null {
  try {
    const value = JSON.parse(localStorage.getItem(kept) ?? 'null') as Partial<SeenHead> | null;
    if (
      typeof value?.origin !== 'string' ||
      typeof value.size !== 'number' ||
      typeof value.root !== 'string' ||
      typeof value.key !== 'string' ||
      typeof value.at !== 'string'
    )
      return null;
    return { origin: value.origin, size: value.size, root: value.root, key: value.key, at: value.at };
  } catch {
    return null; // Storage may be forbidden, or hold something else under our name.
  }
}

export function keepSeenHead(head: SeenHead): void {
  try {
    localStorage.setItem(kept, JSON.stringify(head));
  } catch {
    // Then each visit is a first one.
  }
}

export function forgetSeenHead(): void {
  try {
    localStorage.removeItem(kept);
  } catch {
    // Nothing was kept.
  }
}
