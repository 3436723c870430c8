import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useId, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';

const OFF = graphql(`
  mutation TurnPointOff($point: String!, $reason: String) {
    turnPointOff(point: $point, reason: $reason) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);
const ON = graphql(`
  mutation TurnPointOn($point: String!, $reason: String) {
    turnPointOn(point: $point, reason: $reason) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Turns a point off, or on again, with why. @param isOff the point that is off; without it one is turned off */
export default function PointDialog(props: {
  readonly isOff?: string;
  readonly points: readonly string[];
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { isOff, points, onClose } = props;
  const { name: nameOf } = useWords();
  const [point, setPoint] = useState(isOff ?? '');
  const [reason, setReason] = useState('');
  const off = useOrder(OFF);
  const on = useOrder(ON);
  const { busy, refusal, give } = isOff === undefined ? off : on;
  const list = useId();
  const send = async (): Promise<void> => {
    if ((await give({ point: point.trim(), ...(reason.trim() !== '' && { reason }) })) !== undefined) onClose();
  };
  return (
    <FormDialog
      danger={isOff === undefined}
      title={isOff === undefined ? t`Turn a point off` : t`Turn “${nameOf('PointName', isOff)}” on again`}
      lead={
        isOff === undefined ? (
          <Trans>
            No advice is written with it from that moment on, for any patient. Saved advice keeps it: a recall replaces that. It can be
            turned on again here.
          </Trans>
        ) : (
          <Trans>Advice that is written from now on may say it. Saved advice stays as it is.</Trans>
        )
      }
      submit={isOff === undefined ? t`Turn it off` : t`Turn it on`}
      disabled={point.trim() === ''}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      {isOff === undefined && (
        <label className="field">
          <span>{t`Id of the point`}</span>
          <input value={point} list={list} maxLength={60} required onChange={(event) => setPoint(event.target.value)} />
          {nameOf('PointName', point.trim()) !== point.trim() && <small>{nameOf('PointName', point.trim())}</small>}
          <datalist id={list}>
            {points.map((each) => (
              <option key={each} value={each} label={nameOf('PointName', each)} />
            ))}
          </datalist>
        </label>
      )}
      <ReasonField value={reason} onChange={setReason} most={500} />
    </FormDialog>
  );
}
