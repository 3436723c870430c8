import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, type ReactElement, useEffect, useState } from 'react';
import { onSignedInElsewhere, signedIn, tellSignedIn } from '../graphql/access.js';
import { useWords } from '../language/use-words.js';
import { LanguageSwitch } from '../shell/language-switch.js';
import { forgetSession, readSession, type SessionState, signInWith } from './session.js';
import '../style/screens.css';

/** Ways for which something is typed or pasted. */
const KEY_WAYS = ['KEY', 'TOKEN', 'IBSAFE'] as const;

/** Why a sign-in at a provider failed: the service says so behind the address's `#`, from where it is taken, and shown once. */
function problemInAddress(): string | undefined {
  const code = /^#sign-in=([A-Z_]+)$/.exec(location.hash)?.[1];
  if (code !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}

/**
 * Signs a person in, by the ways that the service has. What opens the session is kept by the browser where no script reads it; a key is sent once and
 * kept nowhere. The page that was asked for stays in the address, and opens afterwards.
 */
export function SignIn({ wasIn }: { readonly wasIn: boolean }): ReactElement {
  const { t } = useLingui();
  const [state, setState] = useState<SessionState>();
  const [problem, setProblem] = useState(problemInAddress);
  useEffect(() => {
    document.title = `${t`Sign in`} · IBSafe Batch`;
    readSession().then(setState, () => setProblem('NETWORK'));
  }, [t]);
  useSignInElsewhere(state);
  return (
    <main className="sign-in">
      <div className="card">
        <h1>
          IBSafe <span className="brand">Batch</span>
        </h1>
        {wasIn ? (
          <p className="notice warn" role="status">
            <Trans>Your session is over. Sign in again: the page that you were on opens again. What was typed into a form is gone.</Trans>
          </p>
        ) : (
          <p className="soft">
            <Trans>This service wants to know who asks. Sign in once for console, dashboard and playground.</Trans>
          </p>
        )}
        {problem !== undefined && <Problem code={problem} />}
        {state?.ways.includes('OIDC') === true && (
          <a className="button primary" href={`/session/oidc?returnTo=${encodeURIComponent(location.pathname + location.search)}`}>
            <Trans>Sign in with your organisation’s account</Trans>
          </a>
        )}
        {(state === undefined || KEY_WAYS.some((way) => state.ways.includes(way))) && (
          <KeyForm primary={state?.ways.includes('OIDC') !== true} onProblem={setProblem} />
        )}
      </div>
      <LanguageSwitch />
    </main>
  );
}

/**
 * Opens this page too once somebody signed in on another page of the browser: told of at once, or found when the reader comes back, as after a sign-in at a provider.
 * A page that was signed in when it asked stays: its reader wants to sign in anew. @param first the session when the page asked
 */
function useSignInElsewhere(first: SessionState | undefined): void {
  const stays = first === undefined || first.signedIn !== null;
  useEffect(() => {
    const enter = (): void => {
      forgetSession();
      signedIn();
    };
    const look = (): void => {
      if (stays || document.visibilityState === 'hidden') return;
      readSession().then(
        (now) => now.signedIn !== null && enter(),
        () => undefined, // the next look may find it
      );
    };
    const deafen = onSignedInElsewhere(enter);
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      deafen();
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [stays]);
}

function Problem({ code }: { readonly code: string }): ReactElement {
  const { words } = useWords();
  const known = words('SignInProblem', code);
  return (
    <p className="notice bad" role="alert">
      {known.name === code ? words('SignInProblem', 'INTERNAL').name : known.name}
    </p>
  );
}

function KeyForm({ primary, onProblem }: { readonly primary: boolean; readonly onProblem: (code?: string) => void }): ReactElement {
  const { t } = useLingui();
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (key.trim() === '' || busy) return;
    setBusy(true);
    onProblem(undefined);
    const refused = await signInWith(key);
    setBusy(false);
    setKey('');
    if (refused !== undefined) return onProblem(refused);
    tellSignedIn();
    signedIn();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <label className="field">
        <span>{t`API key or token`}</span>
        <input type="password" autoComplete="off" spellCheck={false} value={key} onChange={(event) => setKey(event.target.value)} />
      </label>
      <p className="hint">
        <Trans>An admin makes a key with “key create”. It is sent once, and kept nowhere.</Trans>
      </p>
      <button type="submit" className={primary ? 'button primary' : 'button'} aria-busy={busy}>
        <Trans>Sign in</Trans>
      </button>
    </form>
  );
}
