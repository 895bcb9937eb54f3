// Short messages that pass: what was done, with a way back; what failed.
export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'failed';
  undo?: (() => void) | undefined;
}

const state = $state<{ toasts: Toast[] }>({ toasts: [] });
let next = 1;

export const toasts = (): Toast[] => state.toasts;

// Messages with a way back, and failures, stay longer than it takes to read them; a person can also dismiss them.
export function say(text: string, { undo, tone = 'done' }: { undo?: () => void; tone?: Toast['tone'] } = {}): number {
  const id = next++;
  state.toasts = [...state.toasts.slice(-3), { id, text, tone, undo }];
  setTimeout(() => dismiss(id), undo || tone === 'failed' ? 15_000 : 6_000);
  return id;
}

export function dismiss(id: number): void {
  state.toasts = state.toasts.filter((toast) => toast.id !== id);
}

// Takes back the latest act that has a way back.
export function undoLatest(): boolean {
  const latest = state.toasts.findLast((toast) => toast.undo);
  if (!latest) return false;
  dismiss(latest.id);
  latest.undo?.();
  return true;
}
