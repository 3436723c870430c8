import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import type { Subject } from '../parts/subject-name.js';
import { SubjectChoice } from './subject-choice.js';

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
export default function PointDialog({ isOff, onClose }: { readonly isOff?: string; readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { name: nameOf } = useWords();
  const [chosen, setChosen] = useState<Subject>();
  const point = isOff ?? chosen?.subject;
  const [reason, setReason] = useState('');
  const off = useOrder(OFF);
  const on = useOrder(ON);
  const { busy, refusal, give } = isOff === undefined ? off : on;
  const send = async (): Promise<void> => {
    if (point === undefined) return;
    if ((await give({ point, ...(reason.trim() !== '' && { reason }) })) !== undefined) onClose();
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
      disabled={point === undefined}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      {isOff === undefined && <SubjectChoice kind="POINT" value={chosen} onChange={setChosen} />}
      <ReasonField value={reason} onChange={setReason} most={500} />
    </FormDialog>
  );
}
