import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useContext, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { stir } from '../graphql/live.js';
import { newKey, Orders, refusalOf } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import { StateTag } from '../parts/state.js';
import { Day } from '../parts/time.js';
import type { RunLine } from '../runs/run-line.js';

const RETRY_EACH = graphql(`
  mutation RetryEach($input: RetryRunInput!) {
    retryRun(input: $input) {
      __typename
      ... on Error {
        code
      }
    }
  }
`);
const CANCEL_EACH = graphql(`
  mutation CancelEach($runId: UUID!, $reason: String) {
    cancelRun(runId: $runId, reason: $reason) {
      __typename
      ... on Error {
        code
      }
    }
  }
`);

/** Retries or cancels several runs, one after the other, and tells of each how it went. */
export default function BulkDialog(props: {
  readonly what: 'retry' | 'cancel';
  readonly runs: readonly RunLine[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactElement {
  const { what, onClose, onDone } = props;
  const { t } = useLingui();
  const { count, name, words } = useWords();
  const orders = useContext(Orders);
  const [runs] = useState(props.runs); // as they were when the dialog opened: the list goes on living below
  const [keys] = useState(() => runs.map(newKey));
  const [reason, setReason] = useState('');
  const [went, setWent] = useState<Readonly<Record<string, string>>>({});
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked');
  const users = runs.reduce((sum, { progress }) => sum + (what === 'retry' ? progress.failed : (progress.roster ?? 0) - progress.done), 0);

  const one = async (run: RunLine, at: number): Promise<string> => {
    const why = reason === '' ? {} : { reason };
    const result =
      what === 'retry'
        ? await orders?.mutation(RETRY_EACH, { input: { runId: run.id, idempotencyKey: keys[at] ?? newKey(), ...why } }).toPromise()
        : await orders?.mutation(CANCEL_EACH, { runId: run.id, ...why }).toPromise();
    const outcome = result?.data === undefined ? refusalOf(result?.error) : Object.values(result.data)[0];
    return outcome !== undefined && 'code' in outcome ? String(outcome.code) : 'OK';
  };
  const all = async (): Promise<void> => {
    if (state === 'done') return finish();
    setState('busy');
    for (const [at, run] of runs.entries()) {
      const code = await one(run, at);
      setWent((so) => ({ ...so, [run.id]: code }));
    }
    stir('order');
    setState('done');
  };
  const finish = (): void => {
    onDone();
    onClose();
  };

  return (
    <FormDialog
      danger={what === 'cancel'}
      title={
        what === 'retry'
          ? t`Retry the failed of ${plural(runs.length, { one: '# run', other: '# runs' })}`
          : t`Cancel ${plural(runs.length, { one: '# run', other: '# runs' })}`
      }
      lead={
        what === 'retry' ? (
          <Trans>A new run is made for each. Patients who failed in all: {count(users)}.</Trans>
        ) : (
          <Trans>
            Patients whose turn has not come get no advice from these runs: <b>{count(users)}</b>. It cannot be taken back.
          </Trans>
        )
      }
      submit={state === 'done' ? t`Close` : what === 'retry' ? t`Retry` : t`Cancel the runs`}
      busy={state === 'busy'}
      onSubmit={() => void all()}
      onClose={state === 'done' ? finish : onClose}
    >
      {state === 'asked' && <ReasonField value={reason} onChange={setReason} />}
      <ul className="lines">
        {runs.map((run) => (
          <li key={run.id}>
            <span>
              {name('ProgramName', run.program)} · <Day date={run.recordDate} />
            </span>
            <span className="spring" />
            {went[run.id] === 'OK' && <StateTag tone="good">{what === 'retry' ? t`asked for` : t`being cancelled`}</StateTag>}
            {went[run.id] !== undefined && went[run.id] !== 'OK' && (
              <span className="wrong">{words('ErrorCode', went[run.id] ?? '').name}</span>
            )}
          </li>
        ))}
      </ul>
    </FormDialog>
  );
}
