import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMe } from '../graphql/role.js';
import { useWords } from '../language/use-words.js';
import { Empty, Page } from '../parts/page.js';
import type { Place } from './routes.js';

/** What stands at an address that leads nowhere. */
export function NotFound(): ReactElement {
  const { t } = useLingui();
  return (
    <Page title={t`Nothing here`}>
      <Empty icon="search" title={<Trans>There is no such page.</Trans>}>
        <Link to="/" className="button">
          <Trans>To the first page</Trans>
        </Link>
      </Empty>
    </Page>
  );
}

/** What stands where a screen met a fault of its own: the others go on. */
export function ScreenBroke({ error }: { readonly error: Error }): ReactElement {
  const { t } = useLingui();
  return (
    <Page title={t`This page met a fault`}>
      <Empty icon="failures" title={<Trans>The page could not be shown. The service and its runs are not touched by that.</Trans>}>
        <p className="soft mono">{error.message}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          <Trans>Load the page again</Trans>
        </button>
      </Empty>
    </Page>
  );
}

/** What stands at an address that is not the caller’s: nothing is asked for what the service would refuse. */
export function NotYours({ home }: { readonly home: Place['to'] }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const me = useMe();
  const role = me === undefined ? '' : name('Role', me.role);
  return (
    <Page title={t`Not for this role`}>
      <Empty icon="minus" title={<Trans>You are signed in with the role “{role}”, which does not see this page.</Trans>}>
        <p className="soft">
          <Trans>An admin gives roles. Sign out to come back with another key.</Trans>
        </p>
        <Link to={home} className="button">
          <Trans>To the first page</Trans>
        </Link>
      </Empty>
    </Page>
  );
}
