import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql } from '../graphql/graphql.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { actorName } from '../parts/actor-name.js';
import { Actor } from '../parts/actor.js';
import { FormDialog } from '../parts/dialog.js';
import { Time } from '../parts/time.js';

const REVOKE = graphql(`
  mutation RevokeSession($id: UUID!) {
    revokeSession(id: $id) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Ends a session of another browser, after saying whose. */
export default function EndSessionDialog(props: {
  readonly session: { readonly id: string; readonly actor: string; readonly way: string; readonly signedInAt: string };
  readonly onClose: () => void;
}): ReactElement {
  const { session, onClose } = props;
  const { t } = useLingui();
  const { name } = useWords();
  const { busy, refusal, give } = useOrder(REVOKE);
  const { id, actor, way, signedInAt } = session;
  const send = async (): Promise<void> => {
    if ((await give({ id })) !== undefined) onClose();
  };
  return (
    <FormDialog
      danger
      title={t`End the session of ${actorName(actor)}`}
      lead={
        <>
          <p>
            <Actor actor={actor} /> · {name('SignInWay', way)} ·{' '}
            <Trans>
              since <Time at={signedInAt} />
            </Trans>
          </p>
          <p>
            <Trans>That browser is signed out at once. What is being typed there is lost. It can sign in again.</Trans>
          </p>
        </>
      }
      submit={t`End the session`}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    />
  );
}
