// The sentences of the views that answer questions: ask, matrix, network, map, organizations, States, follow-up.
import type { Plural } from '../language.svelte';
import type { activity as measure } from './ar';

export const activity = {} satisfies Record<keyof typeof measure, string | Plural>;
