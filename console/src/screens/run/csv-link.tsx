import { Trans } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { currentKey } from '../../graphql/access.js';

/** The outcomes of a run as a file. A browser that is known without a key fetches it by itself, however large; with a key it is sent for. */
export function CsvLink({ runId }: { readonly runId: string }): ReactElement {
  const [busy, setBusy] = useState(false);
  const address = `/export/outcomes.csv?run=${runId}`;
  const key = currentKey();
  if (key === undefined)
    return (
      <a className="button" href={address} download>
        <Trans>Save as CSV</Trans>
      </a>
    );
  const fetchIt = async (): Promise<void> => {
    setBusy(true);
    const response = await fetch(address, { headers: { authorization: `Bearer ${key}` } }).catch(() => undefined);
    setBusy(false);
    if (response?.ok !== true) return;
    const file = URL.createObjectURL(await response.blob());
    Object.assign(document.createElement('a'), { href: file, download: `${runId}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(file), 10_000);
  };
  return (
    <button type="button" className="button" disabled={busy} onClick={() => void fetchIt()}>
      <Trans>Save as CSV</Trans>
    </button>
  );
}
