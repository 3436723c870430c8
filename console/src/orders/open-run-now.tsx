import { Trans } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { Opener } from './opener.js';
import { withTexts } from '../language/language.js';
import type { ProgramName } from '../parts/programs.js';

const RunNowDialog = lazy(withTexts(() => import('./run-now-dialog.js')));

/** Opens the form that makes a run by hand, with what is known filled in. */
export function OpenRunNow(props: {
  readonly program?: ProgramName;
  readonly recordDate?: string;
  readonly userId?: number;
  readonly replaces?: boolean;
  readonly label?: 'now' | 'again' | 'day' | 'patient';
}): ReactElement {
  const { label = 'now', ...preset } = props;
  return (
    <Opener
      icon={label === 'now' ? 'play' : 'retry'}
      look={label === 'patient' ? 'plain' : 'primary'}
      dialog={(close) => <RunNowDialog {...preset} onClose={close} />}
    >
      {label === 'now' && <Trans>Run now</Trans>}
      {label === 'again' && <Trans>Run again</Trans>}
      {label === 'day' && <Trans>Run this day</Trans>}
      {label === 'patient' && <Trans>Run again for this patient</Trans>}
    </Opener>
  );
}
