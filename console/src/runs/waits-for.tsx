import { Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../language/use-words.js';
import { Day } from '../parts/time.js';
import type { RunLine } from './run-line.js';

/** Why a run has not begun: another has to end before it. */
export function WaitsFor({ run: { status, program, recordDate } }: { readonly run: NonNullable<RunLine['waitsFor']> }): ReactElement {
  const { name } = useWords();
  const programName = name('ProgramName', program);
  return status === 'PAUSED' ? (
    <Trans>
      It waits for another run, which is paused: {programName} · <Day date={recordDate} />. Resume or cancel that one.
    </Trans>
  ) : (
    <Trans>
      It waits until another run has ended: {programName} · <Day date={recordDate} />.
    </Trans>
  );
}
