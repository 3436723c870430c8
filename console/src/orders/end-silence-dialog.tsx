import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { FormDialog } from '../parts/dialog.js';
import { Time } from '../parts/time.js';
import type { Silence } from '../screens/alerts/alert-query.js';

const END = graphql(`
  mutation EndSilence($id: UUID!) {
    endSilence(id: $id) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Ends a silence, after saying which messages go out again. */
export default function EndSilenceDialog({ silence, onClose }: { readonly silence: Silence; readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { busy, refusal, give } = useOrder(END);
  const { id, kind, until, reason } = silence;
  const send = async (): Promise<void> => {
    if ((await give({ id })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title={t`End the silence: ${name('AlertKind', kind)}`}
      lead={
        <>
          <p>
            <Trans>
              It was to last until <Time at={until} />. Alerts that still go on are sent at once, to all channels.
            </Trans>
          </p>
          <p className="soft">“{reason}”</p>
        </>
      }
      submit={t`End the silence`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    />
  );
}
