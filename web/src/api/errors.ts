// What went wrong with a request, and what a person can do about it. The one place where answers become errors.
import { t, type Key } from '$/i18n/language.svelte';

// The rule that an act was refused under, word for word, and where it stands.
export interface RefusedRule {
  id: string;
  quote: string;
  source: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: no answer came
    readonly kind: string,
    message: string,
    readonly retryAfterSeconds: number = 0,
    readonly rule: RefusedRule | null = null // of a refused act
  ) {
    super(message);
  }
}

const hints: Record<string, Key> = {
  unauthenticated: 'error.unauthenticatedHint',
  code_needed: 'error.invalidHint',
  forbidden: 'error.forbiddenHint',
  not_found: 'error.notFoundHint',
  conflict: 'error.conflictHint',
  too_large: 'error.tooLargeHint',
  too_many: 'error.tooManyHint',
  busy: 'error.tooManyHint',
  unsupported_type: 'error.unsupportedHint',
  invalid_input: 'error.invalidHint'
};

export interface Explained {
  what: string;
  hint: string;
  kind: string;
  canRetry: boolean;
}

export function explain(error: unknown): Explained {
  if (error instanceof ApiError) {
    if (error.status === 0) {
      return { what: t('error.network'), hint: t('error.networkHint'), kind: 'network', canRetry: true };
    }
    const what =
      error.kind === 'unauthenticated' && error.status === 401
        ? t('error.unauthenticated')
        : error.message || (error.kind === 'forbidden' ? t('error.forbidden') : t('error.title'));
    return {
      what,
      hint: t(hints[error.kind] ?? 'error.serverHint'),
      kind: error.kind,
      canRetry: error.status >= 500 || error.status === 429 || error.kind === 'conflict'
    };
  }
  return { what: t('error.title'), hint: t('error.serverHint'), kind: 'bug', canRetry: true };
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

// The error that an answer with a status of 400 and above stands for.
export async function errorOf(answer: Response): Promise<ApiError> {
  let kind = answer.status === 401 ? 'unauthenticated' : answer.status === 403 ? 'forbidden' : 'unavailable';
  let message = '';
  let rule: RefusedRule | null = null;
  try {
    const body = (await answer.json()) as {
      error?: { kind?: string; message?: string; rule?: Partial<RefusedRule> | null };
    };
    kind = body.error?.kind ?? kind;
    message = body.error?.message ?? '';
    const given = body.error?.rule;
    if (given?.id) rule = { id: given.id, quote: given.quote ?? '', source: given.source ?? '' };
  } catch {
    // A proxy's page, or a body that was cut off: the status says enough.
  }
  return new ApiError(answer.status, kind, message, Number(answer.headers.get('Retry-After') ?? 0), rule);
}
