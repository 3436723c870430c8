import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, type ReactElement, useState } from 'react';
import { giveKey } from '../graphql/access.js';
import { LanguageSwitch } from './language-switch.js';

/** Asks for a key or token. It is kept for this page alone: closing the tab, or loading it again, forgets it. */
export function SignIn({ refused }: { readonly refused: boolean }): ReactElement {
  const { t } = useLingui();
  const [key, setKey] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = key.trim().replace(/^Bearer\s+/i, '');
    if (given !== '') giveKey(given);
  };
  return (
    <main className="sign-in">
      <form onSubmit={submit} className="card">
        <h1>
          IBSafe <span className="brand">Batch</span>
        </h1>
        <p className="soft">
          <Trans>This service wants to know who asks. Give an API key or a token; an admin makes one with “key create”.</Trans>
        </p>
        {refused && (
          <p className="notice bad" role="alert">
            <Trans>That key is not valid, or not any more. Check it, or ask an admin for another one.</Trans>
          </p>
        )}
        <label className="field">
          <span>{t`API key or token`}</span>
          <input type="password" autoComplete="off" spellCheck={false} value={key} onChange={(event) => setKey(event.target.value)} />
        </label>
        <p className="hint">
          <Trans>It is kept in this page only, and forgotten when the page is closed or loaded again.</Trans>
        </p>
        <button type="submit" className="button primary">
          <Trans>Sign in</Trans>
        </button>
      </form>
      <LanguageSwitch />
    </main>
  );
}
