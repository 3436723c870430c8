import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import type { Refusal } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog } from '../parts/dialog.js';
import { type Draft, meantBy } from '../screens/review/draft.js';
import type { Row } from '../screens/review/review-query.js';
import { WhatFollows } from '../screens/review/what-follows.js';

/** Asks before a mark changes what patients are told, and names what is lost. */
export default function MarkDialog(props: {
  readonly draft: Draft;
  readonly row: Row;
  readonly busy: boolean;
  readonly refusal: Refusal | undefined;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { draft, row, ...rest } = props;
  const { turnOff, recall } = meantBy(draft);
  return (
    <FormDialog
      danger
      title={t`Change what patients are told?`}
      lead={
        <p>
          <Trans>
            Verdict: <b>{name('MarkVerdict', draft.verdict)}</b>. All of the following is done, or none of it.
          </Trans>
        </p>
      }
      submit={turnOff && recall ? t`Mark, turn off and recall` : recall ? t`Mark and recall` : t`Mark and turn off`}
      {...rest}
    >
      <WhatFollows draft={draft} row={row} />
      <p className="soft">
        {turnOff && <Trans>A point is turned on again on this page.</Trans>}{' '}
        {recall && <Trans>An operator can lift a recall; rows that were replaced do not come back.</Trans>}
      </p>
    </FormDialog>
  );
}
