import { Trans } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { useOrder } from '../../graphql/use-order.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { type Row, SIGN } from './signing-query.js';

const WithdrawDialog = lazy(withTexts(() => import('../../orders/withdraw-dialog.js')));

/** Signs the chosen rows as they are shown, or withdraws their signatures. */
export function SigningOrders(props: {
  readonly rows: readonly Row[];
  readonly onDone: (signed: boolean, changed: number) => void;
}): ReactElement {
  const { count, told } = useWords();
  const { rows, onDone } = props;
  const { busy, refusal, give } = useOrder(SIGN);
  const open = rows.filter(({ state }) => state !== 'SIGNED');
  const standing = rows.filter(({ state, inFile }) => state !== 'UNSIGNED' && !inFile).map(({ id }) => id);
  const sign = async (): Promise<void> => {
    if (busy) return;
    const done = await give({ rows: open.map(({ id, hash }) => ({ id, hash })) });
    if (done !== undefined) onDone(true, done.changed);
  };
  return (
    <div className="actions">
      <button type="button" className="button primary" disabled={open.length === 0} aria-busy={busy} onClick={() => void sign()}>
        <Trans>Sign {count(open.length)}</Trans>
      </button>
      <Opener
        role="reviewer"
        look="danger"
        offered={standing.length > 0}
        dialog={(close) => <WithdrawDialog ids={standing} onClose={close} onDone={(changed) => onDone(false, changed)} />}
      >
        <Trans>Withdraw {count(standing.length)}…</Trans>
      </Opener>
      {refusal !== undefined && (
        <p className="notice bad" role="alert">
          {told(refusal)}
        </p>
      )}
    </div>
  );
}
