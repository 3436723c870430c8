import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useRef, useState } from 'react';
import { graphql, type VariablesOf } from '../graphql/graphql.js';
import { newKey, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice, Select } from '../parts/choice.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import { serviceNow } from '../graphql/clock.js';
import { Time } from '../parts/time.js';

const SILENCE = graphql(`
  mutation SilenceAlerts($input: SilenceAlertsInput!) {
    silenceAlerts(input: $input) {
      __typename
      ... on SilenceAccepted {
        silence {
          id
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
type Input = VariablesOf<typeof SILENCE>['input'];
type Kind = Input['kind'];

// A kind that the schema gains and this list lacks does not compile.
const KINDS = Object.keys({
  RUN_FAILED: true,
  RUN_PAUSED: true,
  RUN_FAILURES: true,
  NIGHT_EMPTY: true,
  SLOT_SKIPPED: true,
  NOT_READY: true,
  BUDGET_REACHED: true,
  RECALLED_ALLERGEN: true,
  ROLLOUT_STOPPED: true,
  JOB_STORE_AWAY: true,
  LOG_LAGGING: true,
  MODEL_UNREADABLE: true,
} satisfies Record<Kind, true>) as Kind[];
const HOUR_MS = 3_600_000;
const SPANS = { '1': HOUR_MS, '4': 4 * HOUR_MS, '12': 12 * HOUR_MS, '24': 24 * HOUR_MS, '72': 72 * HOUR_MS, '168': 168 * HOUR_MS } as const;

/** Silences an alert, or all of a kind, for a while and with why. */
export default function SilenceDialog(props: {
  readonly alert?: { readonly kind: Kind; readonly subject: string; readonly text: string };
  readonly onClose: () => void;
}): ReactElement {
  const { alert, onClose } = props;
  const { t } = useLingui();
  const { duration, name } = useWords();
  const [kind, setKind] = useState<Kind>(alert?.kind ?? 'RUN_PAUSED');
  const [which, setWhich] = useState<'this' | 'all'>(alert === undefined ? 'all' : 'this');
  const [span, setSpan] = useState<keyof typeof SPANS>('12');
  const [reason, setReason] = useState('');
  const { busy, refusal, give } = useOrder(SILENCE);
  const until = new Date(serviceNow() + SPANS[span]).toISOString();
  const sent = useRef<{ readonly fields: string; readonly input: Input }>(undefined);
  const send = async (): Promise<void> => {
    const subject = alert !== undefined && which === 'this' ? { subject: alert.subject } : {};
    const fields = JSON.stringify([kind, subject, span, reason]);
    // Sent again after an answer was lost it is the same order, to the same end; with other fields it is another.
    if (sent.current?.fields !== fields) sent.current = { fields, input: { kind, until, reason, ...subject, idempotencyKey: newKey() } };
    if ((await give({ input: sent.current.input })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title={t`Silence alerts`}
      lead={
        <p>
          {alert !== undefined && <>{alert.text} </>}
          <Trans>They are recorded and shown here, and no message is sent. What still goes on when the silence ends is sent then.</Trans>
        </p>
      }
      submit={t`Silence`}
      disabled={reason.trim() === ''}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      {alert === undefined ? (
        <Select
          label={t`Kind`}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({ value, name: name('AlertKind', value) }))}
        />
      ) : (
        <Choice
          label={t`Which`}
          value={which}
          onChange={setWhich}
          options={[
            { value: 'this', name: t`This one alone` },
            { value: 'all', name: t`All of this kind`, hint: name('AlertKind', alert.kind) },
          ]}
        />
      )}
      <Select
        label={t`For how long`}
        value={span}
        onChange={setSpan}
        options={(Object.keys(SPANS) as (keyof typeof SPANS)[])
          .toSorted((a, b) => SPANS[a] - SPANS[b])
          .map((value) => ({ value, name: duration(SPANS[value]) }))}
      />
      <p className="soft">
        <Trans>
          Until <Time at={until} />.
        </Trans>
      </p>
      <ReasonField value={reason} onChange={setReason} required most={500} />
    </FormDialog>
  );
}
