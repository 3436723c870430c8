import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql, type ResultOf } from '../graphql/graphql.js';
import { type Asked, useAsked } from '../graphql/use-asked.js';
import { refusalOf, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, RefusalNotice } from '../parts/dialog.js';
import { Loading } from '../parts/page.js';

const PLAN = graphql(`
  query RetentionPlan($keep: Int!) {
    retention(keep: $keep) {
      months {
        month
        events
        due
        heldBy
        message
        messageKo: message(language: KO)
      }
    }
  }
`);
const LET_GO = graphql(`
  mutation LetMonthsGo($keep: Int!) {
    letMonthsGo(keep: $keep) {
      __typename
      ... on MonthsLetGo {
        held {
          month
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
type Plan = ResultOf<typeof PLAN>;

/** As the service takes it. */
const MAX_KEEP_MONTHS = 1_200;

/** Archives months and lets them go, after saying which ones, what that means, and why some stay. */
export default function LetMonthsGoDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const [keep, setKeep] = useState('24');
  const { busy, refusal, give } = useOrder(LET_GO);
  const months = /^[1-9]\d{0,3}$/.test(keep) && Number(keep) <= MAX_KEEP_MONTHS ? Number(keep) : undefined;
  const plan = useAsked({
    query: PLAN,
    variables: { keep: months ?? 0 },
    pause: months === undefined,
    requestPolicy: 'network-only',
  });
  const due = plan.data?.retention.months.filter((month) => month.due);
  const send = async (): Promise<void> => {
    const done = months === undefined ? undefined : await give({ keep: months });
    if (done?.held.length === 0) onClose();
    else plan.ask({ requestPolicy: 'network-only' }); // what stays, and why, may be other than it was
  };
  return (
    <FormDialog
      danger
      title={t`Let months go`}
      lead={
        <Trans>
          Each older month is written to an archive file, read back, and taken out of the log. What its runs came to stays; why a patient
          got advice or none is then in the archive alone. It cannot be put back from here.
        </Trans>
      }
      submit={t`Archive and let go`}
      disabled={due === undefined || due.length === 0}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <label className="field">
        <span>{t`Months to keep beside this one`}</span>
        <input
          type="number"
          min={1}
          max={MAX_KEEP_MONTHS}
          required
          value={keep}
          aria-invalid={months === undefined}
          onChange={(event) => setKeep(event.target.value)}
        />
        {months === undefined && <small className="wrong">{t`A whole number from 1 to ${MAX_KEEP_MONTHS}.`}</small>}
      </label>
      {months !== undefined && <Due plan={plan} due={due} />}
    </FormDialog>
  );
}

/** The months that would go, and why others that are as old stay. */
function Due({ plan, due }: { readonly plan: Asked<Plan>; readonly due: Plan['retention']['months'] | undefined }): ReactElement {
  const { count, language, name } = useWords();
  if (due === undefined) return plan.error === undefined ? <Loading lines={1} /> : <RefusalNotice refusal={refusalOf(plan.error)} />;
  if (due.length === 0)
    return (
      <p className="notice live" role="status">
        <Trans>No month of the log is older than that: nothing would go.</Trans>
      </p>
    );
  return (
    <ul className="lines" aria-live="polite">
      {due.map(({ month, events, heldBy, message, messageKo }) => (
        <li key={month}>
          <b>{month.slice(0, 7)}</b>{' '}
          {heldBy === null ? (
            <>
              <Trans>goes</Trans>
              {events !== null && <Trans>: about {count(events)} events</Trans>}
            </>
          ) : (
            <>
              {name('MonthRefusal', heldBy)} <small className="soft block">{language === 'ko' ? messageKo : message}</small>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
