import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog } from '../parts/dialog.js';

const EVERYWHERE = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere {
      sessions
    }
  }
`);

/** Ends all sessions of the caller, this one too, after saying so. */
export default function SignOutEverywhereDialog(props: { readonly onDone: () => void; readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { onDone, onClose } = props;
  const { busy, refusal, give } = useOrder(EVERYWHERE);
  const send = async (): Promise<void> => {
    if ((await give({})) !== undefined) onDone();
  };
  return (
    <FormDialog
      danger
      title={t`Sign out everywhere`}
      lead={
        <Trans>
          All browsers in which you are signed in are signed out, this one too. What is being typed there is lost. You can sign in again.
        </Trans>
      }
      submit={t`Sign out everywhere`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    />
  );
}
