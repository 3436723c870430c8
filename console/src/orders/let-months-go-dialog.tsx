import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog } from '../parts/dialog.js';

const LET_GO = graphql(`
  mutation LetMonthsGo($keep: Int!) {
    letMonthsGo(keep: $keep) {
      __typename
      ... on MonthsLetGo {
        letGo {
          month
          file
        }
        held {
          month
          heldBy
          message
          messageKo: message(language: KO)
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Archives months and lets them go, after saying what that means. What stays, and why, is told before the dialog closes. */
export default function LetMonthsGoDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { language, name } = useWords();
  const [keep, setKeep] = useState('24');
  const [held, setHeld] = useState<
    readonly {
      readonly month: string;
      readonly heldBy: string | null;
      readonly message: string | null;
      readonly messageKo: string | null;
    }[]
  >([]);
  const { busy, refusal, give } = useOrder(LET_GO);
  const months = /^[1-9]\d{0,3}$/.test(keep) ? Number(keep) : undefined;
  const send = async (): Promise<void> => {
    const done = months === undefined ? undefined : await give({ keep: months });
    if (done?.held.length === 0) onClose();
    else setHeld(done?.held ?? []);
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
      disabled={months === undefined}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <label className="field">
        <span>{t`Months to keep beside this one`}</span>
        <input type="number" min={1} max={1200} required value={keep} onChange={(event) => setKeep(event.target.value)} />
      </label>
      {held.length > 0 && (
        <ul className="lines">
          {held.map(({ month, heldBy, message, messageKo }) => (
            <li key={month}>
              <b>{month.slice(0, 7)}</b> {name('MonthRefusal', heldBy ?? '')}{' '}
              <small className="soft block">{language === 'ko' ? messageKo : message}</small>
            </li>
          ))}
        </ul>
      )}
    </FormDialog>
  );
}
