// The sentences of the views that answer questions: ask, matrix, network, map, organizations, States, follow-up.

import type { Plural } from '../language.svelte';

export const activity = {} satisfies Record<string, string | Plural>;
