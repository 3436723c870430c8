import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement, useState } from 'react';
import { useKnownSession } from '../../account/use-known-session.js';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useMay } from '../../graphql/role.js';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Actor } from '../../parts/actor.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { Time } from '../../parts/time.js';

const NewKeyDialog = lazy(withTexts(() => import('../../orders/new-key-dialog.js')));
const RevokeKeyDialog = lazy(withTexts(() => import('../../orders/revoke-key-dialog.js')));

const KEYS = graphql(`
  query ApiKeys {
    apiKeys {
      prefix
      name
      role
      createdBy
      createdAt
      revokedAt
      lastUsedAt
    }
  }
`);
type Key = ResultOf<typeof KEYS>['apiKeys'][number];

/** API keys, for admins. Not where the service takes none. */
export function Keys(): ReactElement | null {
  const may = useMay('admin');
  const session = useKnownSession();
  return may && session?.ways.includes('KEY') === true ? <List /> : null;
}

function List(): ReactElement {
  const { t } = useLingui();
  const [withRevoked, setWithRevoked] = useState(false);
  const answer = useLive(KEYS, {});
  return (
    <Card
      title={<Trans>API keys</Trans>}
      aside={
        <Opener icon="plus" role="admin" dialog={(close) => <NewKeyDialog onClose={close} />}>
          <Trans>New key</Trans>
        </Opener>
      }
    >
      <Answer of={answer}>
        {({ apiKeys }) => {
          const shown = apiKeys.filter(({ revokedAt }) => withRevoked || revokedAt === null);
          return (
            <>
              {shown.length === 0 && <Empty title={<Trans>No key is in use.</Trans>} />}
              <ul className="lines sessions">
                {shown.map((key) => (
                  <Line key={key.prefix} apiKey={key} />
                ))}
              </ul>
              <label className="check">
                <input type="checkbox" checked={withRevoked} onChange={(event) => setWithRevoked(event.target.checked)} />
                <span>{t`Show revoked keys too`}</span>
              </label>
            </>
          );
        }}
      </Answer>
    </Card>
  );
}

function Line({ apiKey }: { readonly apiKey: Key }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { prefix, role, createdBy, createdAt, revokedAt, lastUsedAt } = apiKey;
  return (
    <li>
      <div>
        <p>
          <b>{apiKey.name}</b> <span className="soft">{name('Role', role)}</span> <span className="mono soft">ibk_{prefix}_…</span>
        </p>
        <p className="soft">
          <Trans>
            made <Time at={createdAt} /> by <Actor actor={createdBy} />
          </Trans>{' '}
          ·{' '}
          {revokedAt !== null ? (
            <Trans>
              revoked <Time at={revokedAt} />
            </Trans>
          ) : lastUsedAt === null ? (
            t`never used`
          ) : (
            <Trans>
              last used <Time at={lastUsedAt} />
            </Trans>
          )}
        </p>
      </div>
      {revokedAt === null && (
        <Opener
          look="danger"
          role="admin"
          label={t`Revoke the key ${apiKey.name}`}
          dialog={(close) => <RevokeKeyDialog apiKey={apiKey} onClose={close} />}
        >
          <Trans>Revoke</Trans>
        </Opener>
      )}
    </li>
  );
}
