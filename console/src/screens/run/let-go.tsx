import { Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { Card, Empty } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import type { RunDetail } from './run-query.js';

/** In the place of a run’s patients and events, where these were let go: what it came to stands above. */
export function LetGoNotice({ letGo }: { readonly letGo: NonNullable<RunDetail['letGo']> }): ReactElement {
  return (
    <Card>
      <Empty icon="search" title={<Trans>Before retention</Trans>}>
        <p>
          <Trans>
            The patients and events of this run were let go on <Time at={letGo.letGoAt} />. They stand in the archive{' '}
            <span className="mono">{letGo.file}</span> alone.
          </Trans>
        </p>
      </Empty>
    </Card>
  );
}
