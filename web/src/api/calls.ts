// The requests of the page by name: documents, session, jobs, review. One line each.
import { address, get, getBytes, patch, post, put, remove, upload, type Query } from './client';
import type {
  DocumentRow,
  Documents,
  DocumentText,
  Handling,
  Job,
  OpenSession,
  Overview,
  ReviewAction,
  Session,
  Statement,
  StatusList
} from './types';

export const session = {
  read: (signal?: AbortSignal) => get<Session>(['session'], {}, signal),
  open: (account: string, password: string, code?: string) =>
    post<Session>(['session'], { account, password, ...(code ? { code } : {}) }),
  close: () => remove<undefined>(['session']),
  changePassword: (old: string, next: string) => post<undefined>(['session', 'password'], { old, new: next }),
  beginTotp: () => post<{ secret: string; uri: string }>(['session', 'totp']),
  confirmTotp: (code: string) => put<{ recovery: string[] }>(['session', 'totp'], { code }),
  setLanguage: (language: string) => put<Session>(['session', 'language'], { language }),
  list: (signal?: AbortSignal) => get<{ sessions: OpenSession[] }>(['session', 'list'], {}, signal),
  end: (id: string) => remove<undefined>(['session', 'list', id]),
  endTotp: (password: string) => remove<undefined>(['session', 'totp'], { password })
};

export const statuses = (signal?: AbortSignal) => get<StatusList>(['statuses'], {}, signal);

export const overview = (signal?: AbortSignal) => get<Overview>(['overview'], {}, signal);

export const documents = {
  list: (query: Query, signal?: AbortSignal) => get<Documents>(['documents'], query, signal),
  text: (id: string, query: { limit: number; offset?: number; paragraph?: string }, signal?: AbortSignal) =>
    get<DocumentText>(['documents', id], query, signal),
  // section: null for the whole text
  raw: (id: string, section: number | null, signal?: AbortSignal) =>
    getBytes(['documents', id, 'raw'], { section }, signal),
  setEdit: (id: string, edit: string, undone: boolean, note = '') =>
    put<Partial<DocumentText> & { entry: number }>(['documents', id, 'edits', edit], { undone, note }),
  setDoubt: (id: string, doubt: string, reading: number | null, note = '') =>
    put<Partial<DocumentText> & { entry: number }>(['documents', id, 'doubts', doubt], { reading, note }),
  setHandling: (id: string, handling: Omit<Handling, 'public'>, reason: string) =>
    put<{ document: DocumentRow }>(['documents', id, 'handling'], { ...handling, reason }),
  erase: (id: string, reason: string) => remove<{ entry: number }>(['documents', id], { reason }),
  exportAddress: (id: string, format: string) => address(['documents', id, 'export'], { format }),
  upload: (file: File, handling: Omit<Handling, 'public'>, onSent: (part: number) => void, signal: AbortSignal) =>
    upload<{ job: Job }>(
      {
        name: file.name,
        tlp: handling.tlp,
        statuses: handling.statuses.join(','),
        recipients: handling.recipients.join(','),
        originator: handling.originator
      },
      file,
      onSent,
      signal
    )
};

export const jobs = {
  list: (signal?: AbortSignal) => get<{ jobs: Job[] }>(['jobs'], {}, signal),
  cancel: (id: string) => remove<unknown>(['jobs', id])
};

export const statements = {
  review: (statement: number, action: ReviewAction, note = '', correction?: unknown) =>
    post<{ statement: Statement; entry: number }>(['statements', statement, 'review'], {
      action,
      note,
      ...(correction ? { correction } : {})
    })
};

export const accounts = { change: (id: string, change: unknown) => patch<unknown>(['accounts', id], change) };
