import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Empty, Page } from '../parts/page.js';

/** What stands at an address that leads nowhere. */
export function NotFound(): ReactElement {
  const { t } = useLingui();
  return (
    <Page title={t`Nothing here`}>
      <Empty icon="search" title={<Trans>There is no such page.</Trans>}>
        <Link to="/" className="button">
          <Trans>To last night</Trans>
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
