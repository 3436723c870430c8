import { Plural, Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { OpenRunNow } from '../../orders/open-run-now.js';
import { Day, Time } from '../../parts/time.js';
import type { RunLine } from '../../runs/run-line.js';
import type { Finding } from './finding.js';
import { Row } from './finding-frame.js';
import { RunName, ToRun } from './of-run.js';

/** Patients whose advice came after its time. */
export function LateRow({ night }: { readonly night: (Finding & { kind: 'late' })['night'] }): ReactElement {
  const { name } = useWords();
  const late = night.eligible - (night.ready ?? 0);
  return (
    <Row
      tone="warn"
      icon="clock"
      title={
        <Trans>
          <Plural value={late} one="# patient" other="# patients" /> did not have their advice in time.
        </Trans>
      }
    >
      {name('ProgramName', night.program)} · <Day date={night.recordDate} /> ·{' '}
      {night.readyBy !== null && (
        <Trans>
          It was to be there by <Time at={night.readyBy} />.
        </Trans>
      )}
    </Row>
  );
}

/** By far fewer patients with advice than usual, though no run says why. */
export function FewRow({ finding: { run, advised, usual } }: { readonly finding: Finding & { kind: 'few' } }): ReactElement {
  const { count, words } = useWords();
  const { reasons } = run.progress;
  const [worst] = reasons.filter(({ reason }) => reason !== 'INTERVENTION_EXISTS').toSorted((a, b) => b.users - a.users);
  const cause = worst === undefined ? undefined : words(words('FailureCode', worst.reason).means === undefined ? 'SkipReason' : 'FailureCode', worst.reason); // prettier-ignore
  return (
    <Row
      tone="warn"
      icon="failures"
      title={
        <>
          <Trans>
            Less than half as many patients as usual have advice: {count(advised)}, usually {count(usual)}.
          </Trans>{' '}
          <RunName run={run} />
        </>
      }
      action={
        <>
          <ToRun run={run} />
          <OpenRunNow program={run.program} recordDate={run.recordDate} label="again" />
        </>
      }
    >
      {cause !== undefined && <Trans>Most often: {cause.name}.</Trans>}{' '}
      <Trans>See whether the records of that day came in. When they are there, run the day again.</Trans>
    </Row>
  );
}

/** A night without any patient. */
export function EmptyRow({ run }: { readonly run: RunLine }): ReactElement {
  return (
    <Row
      tone="warn"
      icon="failures"
      title={
        <>
          <Trans>The night’s run covered no patient.</Trans> <RunName run={run} />
        </>
      }
      action={<ToRun run={run} />}
    >
      <Trans>There is no active patient in the database. See whether the service is connected to IBSafe’s.</Trans>
    </Row>
  );
}
