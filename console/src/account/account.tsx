import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement, Suspense, useEffect, useState } from 'react';
import { askWho, signedOut } from '../graphql/access.js';
import { withTexts } from '../language/language.js';
import { useWords } from '../language/use-words.js';
import { Actor } from '../parts/actor.js';
import { Icon } from '../parts/icons.js';
import { serviceNow } from '../graphql/clock.js';
import { Time } from '../parts/time.js';
import { signOut } from './session.js';
import { useKnownSession } from './use-known-session.js';
import '../style/screens.css';

const SignOutEverywhereDialog = lazy(withTexts(() => import('../orders/sign-out-everywhere-dialog.js')));

/** Before its end a session is spoken of so long (ms). */
const NEAR_MS = 10 * 60_000;

/** The caller, and the ways out. */
export function Account(): ReactElement | null {
  const { t } = useLingui();
  const { name } = useWords();
  const session = useKnownSession();
  const [asks, setAsks] = useState(false);
  const [failed, setFailed] = useState(false);
  if (session?.open === true)
    return (
      <p className="account soft">
        <Trans>Open to all users of this machine, without signing in.</Trans>
      </p>
    );
  const me = session?.signedIn;
  if (me == null) return null;
  const leave = async (): Promise<void> => {
    setFailed(false);
    const { done, next } = await signOut();
    if (!done) return setFailed(true);
    if (next === undefined) signedOut();
    else location.assign(next);
  };
  return (
    <div className="account" role="group" aria-label={t`Signed in`}>
      <p>
        <Actor actor={me.actor} />
        <small className="soft">
          {name('Role', me.role)}
          {me.way !== null && ` · ${name('SignInWay', me.way)}`}
        </small>
      </p>
      <button type="button" className="button" onClick={() => void leave()}>
        <Trans>Sign out</Trans>
      </button>
      <button type="button" className="link" aria-haspopup="dialog" onClick={() => setAsks(true)}>
        <Trans>Sign out everywhere</Trans>
      </button>
      {asks && (
        <Suspense fallback={null}>
          <SignOutEverywhereDialog onDone={() => void leave()} onClose={() => setAsks(false)} />
        </Suspense>
      )}
      {failed && (
        <p className="refusal" role="alert">
          <Trans>The service did not answer: you are still signed in. Try again.</Trans>
        </p>
      )}
    </div>
  );
}

/** Says some minutes before that the session ends, and offers to sign in again at a time of one's own choosing. */
export function ExpiryNotice(): ReactElement | null {
  const until = useKnownSession()?.signedIn?.until ?? undefined;
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (until === undefined) return undefined;
    const timer = setTimeout(() => setNear(true), Math.max(0, Date.parse(until) - NEAR_MS - serviceNow()));
    return () => clearTimeout(timer);
  }, [until]);
  return (
    <div role="status">
      {isNear && until !== undefined && (
        <p className="offline">
          <Icon name="clock" size={16} />
          <span>
            <Trans>
              Your session ends at <Time at={until} style="full" />. Finish what you are writing, or sign in again now.
            </Trans>
          </span>
          <button type="button" className="button" onClick={askWho}>
            <Trans>Sign in again</Trans>
          </button>
        </p>
      )}
    </div>
  );
}
