// Light or dark: as the system says, unless a person chose.
export type Theme = 'system' | 'light' | 'dark';

const kept = 'mithaq.theme';
const state = $state<{ theme: Theme }>({ theme: 'system' });

export const theme = (): Theme => state.theme;

export function setTheme(next: Theme): void {
  state.theme = next;
  show();
  try {
    localStorage.setItem(kept, next);
  } catch {
    // Then the choice holds for this visit only.
  }
}

function show(): void {
  const dark =
    state.theme === 'dark' || (state.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  // Paper is white.
  document.documentElement.dataset.theme = dark && !matchMedia('print').matches ? 'dark' : 'light';
}

export function startTheme(): void {
  try {
    const stored = localStorage.getItem(kept);
    if (stored === 'light' || stored === 'dark') state.theme = stored;
  } catch {
    // As the system says.
  }
  show();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  matchMedia('print').addEventListener('change', show);
}
