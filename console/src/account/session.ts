import { fetchTimed } from '../graphql/clock.js';

/** What the service says of this browser's session, to any browser. */
export interface SessionState {
  /** There is no signing in: the service is open to its machine. */
  readonly open: boolean;
  readonly ways: readonly ('KEY' | 'TOKEN' | 'IBSAFE' | 'OIDC')[];
  readonly signedIn: { readonly actor: string; readonly role: string; readonly way: string | null; readonly until: string | null } | null;
}

const SESSION = '/session';

let known: Promise<SessionState> | undefined;

/** What it says, asked once for all who show it, until the next sign-in or sign-out. */
export function knownSession(): Promise<SessionState> {
  known ??= readSession().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

/** Forgets it: another page of this browser has changed it. */
export function forgetSession(): void {
  known = undefined;
}

/** Asks for it. @throws when the service does not answer */
export async function readSession(): Promise<SessionState> {
  const response = await fetchTimed(SESSION, { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`the service answered ${response.status}`);
  return (await response.json()) as SessionState;
}

/** Signs in with a key or token. @returns the code of the refusal; undefined when it went well */
export async function signInWith(key: string): Promise<string | undefined> {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) };
  const response = await fetch(SESSION, sent).catch(() => undefined);
  if (response === undefined) return 'NETWORK';
  known = undefined;
  const answer = (await response.json().catch(() => ({}))) as { errors?: readonly { extensions?: { code?: string } }[] };
  return response.ok ? undefined : (answer.errors?.[0]?.extensions?.code ?? 'INTERNAL');
}

/** Signs out. @returns whether that was done (not where the service does not answer), and where the browser goes from here, if anywhere */
export async function signOut(): Promise<{ readonly done: boolean; readonly next?: string }> {
  const response = await fetch(SESSION, { method: 'DELETE' }).catch(() => undefined);
  if (response?.ok !== true) return { done: false };
  known = undefined;
  const { next } = (await response.json()) as { next: string | null };
  return { done: true, ...(next !== null && { next }) };
}
