// What went wrong with a request, and what a person can do about it. The one place where answers become errors.
import { t, type Key } from '$/i18n/language.svelte';

export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: no answer came
    readonly kind: string,
    message: string,
    readonly retryAfterSeconds: number = 0
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
  try {
    const body = (await answer.json()) as { error?: { kind?: string; message?: string } };
    kind = body.error?.kind ?? kind;
    message = body.error?.message ?? '';
  } catch {
    // A proxy's page, or a body that was cut off: the status says enough.
  }
  return new ApiError(answer.status, kind, message, Number(answer.headers.get('Retry-After') ?? 0));
}
