import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { Day } from '../../parts/time.js';
import type { RunLine } from '../../runs/run-line.js';

/** The program and the day of a run. */
export const RunName = ({ run }: { readonly run: RunLine }): ReactElement => {
  const { name } = useWords();
  return (
    <>
      {name('ProgramName', run.program)} · <Day date={run.recordDate} />
    </>
  );
};

/** Leads to a run. */
export function ToRun({ run }: { readonly run: RunLine }): ReactElement {
  return (
    <Link to="/runs/$runId" params={{ runId: run.id }} className="button">
      <Trans>Look at it</Trans>
    </Link>
  );
}
