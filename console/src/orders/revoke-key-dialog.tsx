import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog } from '../parts/dialog.js';

const REVOKE = graphql(`
  mutation RevokeApiKey($prefix: String!) {
    revokeApiKey(prefix: $prefix) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Revokes an API key, after saying what ends with it. */
export default function RevokeKeyDialog(props: {
  readonly apiKey: { readonly prefix: string; readonly name: string };
  readonly onClose: () => void;
}): ReactElement {
  const { apiKey, onClose } = props;
  const { t } = useLingui();
  const { busy, refusal, give } = useOrder(REVOKE);
  const send = async (): Promise<void> => {
    if ((await give({ prefix: apiKey.prefix })) !== undefined) onClose();
  };
  return (
    <FormDialog
      danger
      title={t`Revoke the key “${apiKey.name}”`}
      lead={
        <Trans>
          Within ten seconds it opens nothing any more. Programs that use it stop, and browsers that signed in with it are signed out. It
          cannot be brought back.
        </Trans>
      }
      submit={t`Revoke for good`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    />
  );
}
