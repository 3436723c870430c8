import { Trans } from '@lingui/react/macro';
import { lazy, type ReactElement, useState } from 'react';
import { useMay } from '../../graphql/role.js';
import { withTexts } from '../../language/language.js';
import { Opener } from '../../orders/opener.js';
import { Card } from '../../parts/page.js';

const ErasePersonDialog = lazy(withTexts(() => import('../../orders/erase-person-dialog.js')));

/** Where a person is forgotten, for admins; also where IBSafe has deleted the account. */
export function Erasure({ userId }: { readonly userId: number }): ReactElement | null {
  const [erased, setErased] = useState(false);
  if (!useMay('admin')) return null;
  return (
    <Card title={<Trans>Erase</Trans>}>
      {erased && (
        <p className="notice good" role="status">
          <span>
            <Trans>Erased. Nothing is known any more of what happened to this person before.</Trans>
          </span>
        </p>
      )}
      <p>
        <Opener
          look="danger"
          role="admin"
          dialog={(close) => <ErasePersonDialog userId={userId} onErased={() => setErased(true)} onClose={close} />}
        >
          <Trans>Erase this person</Trans>
        </Opener>{' '}
        <span className="soft">
          <Trans>You see first what goes and what stays. That look is recorded.</Trans>
        </span>
      </p>
    </Card>
  );
}
