import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql } from '../../graphql/graphql.js';
import { useWords } from '../../language/use-words.js';
import { OrderButton } from '../../orders/order-button.js';
import { Actor } from '../../parts/actor.js';
import { Card, Empty } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import type { Silence } from './alert-query.js';

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

/** Silences that go on: of what, until when, why, and their actor. Each can be ended. */
export function Silences({ silences }: { readonly silences: readonly Silence[] }): ReactElement {
  const { t } = useLingui();
  return (
    <Card title={<Trans>Silences</Trans>}>
      {silences.length === 0 ? (
        <Empty title={<Trans>No alert is silenced.</Trans>} />
      ) : (
        <ul className="lines sessions" aria-label={t`Silences`}>
          {silences.map((silence) => (
            <Line key={silence.id} silence={silence} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Line({ silence: { id, kind, subject, until, reason, madeBy } }: { readonly silence: Silence }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  return (
    <li>
      <div>
        <p>
          <b>{name('AlertKind', kind)}</b> <span className="soft">{subject === null ? t`all of this kind` : t`this one alone`}</span>
        </p>
        <p>“{reason}”</p>
        <p className="soft">
          <Trans>
            until <Time at={until} />, by <Actor actor={madeBy} />
          </Trans>
        </p>
      </div>
      <div className="actions">
        <OrderButton mutation={END} variables={{ id }} icon="play" label={t`End it: ${name('AlertKind', kind)}`}>
          <Trans>End it</Trans>
        </OrderButton>
      </div>
    </li>
  );
}
