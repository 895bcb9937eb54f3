// Who is signed in here, and what that account may do.
import * as calls from '$/api/calls';
import { setCsrf } from '$/api/client';
import { ApiError } from '$/api/errors';
import type { Right, Session } from '$/api/types';

const nobody: Session = {
  signed_in: false,
  csrf: '',
  public: false,
  oidc: false,
  first_start: false,
  account: null,
  rights: []
};

const state = $state<{ session: Session; known: boolean; guarded: boolean; error: unknown }>({
  session: nobody,
  known: false,
  guarded: true,
  error: null
});

export const session = (): Session => state.session;
export const sessionKnown = (): boolean => state.known;
export const sessionError = (): unknown => state.error;
export const may = (right: Right): boolean => state.session.rights.includes(right);
// Whether who is signed in works for a delegation, not for the organization that keeps the record.
export const actsForDelegation = (): boolean =>
  state.session.account !== null && state.session.account.party !== null && !state.session.account.staff;
// Whether what the server holds can be looked at: signed in, or a server that is open to the public or to this machine.
export const mayLook = (): boolean => state.session.signed_in || state.session.public || !state.guarded;

export function takeSession(next: Session): void {
  state.session = next;
  state.known = true;
  state.error = null;
  setCsrf(next.csrf);
}

export async function readSession(): Promise<void> {
  try {
    takeSession(await calls.session.read());
    state.guarded = true;
  } catch (error) {
    // A server without accounts (serve for one machine) has no such address: everything can be looked at.
    if (error instanceof ApiError && error.status === 404) {
      state.guarded = false;
      takeSession(nobody);
    } else {
      state.error = error;
      state.known = true;
    }
  }
}

export function sessionEnded(): void {
  state.session = { ...nobody, public: state.session.public, oidc: state.session.oidc };
}
