import { Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';

/** The outcomes of a run as a file, which the browser fetches by itself, however large. */
export function CsvLink({ runId }: { readonly runId: string }): ReactElement {
  return (
    <a className="button" href={`/export/outcomes.csv?run=${runId}`} download>
      <Trans>Save as CSV</Trans>
    </a>
  );
}
