import { Plural, Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { graphql } from '../../graphql/graphql.js';
import { useMay } from '../../graphql/role.js';
import { useLive } from '../../graphql/use-live.js';
import { Answer, Card, Empty } from '../../parts/page.js';

const COUNT = graphql(`
  query CountPersonsToErase {
    personsToErase(first: 1) {
      total
    }
  }
`);
const LIST = graphql(`
  query PersonsToErase {
    personsToErase(first: 100) {
      total
      userIds
    }
  }
`);

/** Persons whose account IBSafe deleted and who are known still, for admins. Who they are is a look at them, and asked for by hand. */
export function DeletedAccounts(): ReactElement | null {
  return useMay('admin') ? <Counted /> : null;
}

function Counted(): ReactElement {
  const [open, setOpen] = useState(false);
  const answer = useLive(COUNT, {});
  return (
    <Card title={<Trans>Deleted accounts</Trans>}>
      <Answer of={answer}>
        {({ personsToErase: { total } }) =>
          total === 0 ? (
            <Empty title={<Trans>No person is known whose account IBSafe deleted.</Trans>} />
          ) : open ? (
            <List />
          ) : (
            <p>
              <button type="button" className="button" onClick={() => setOpen(true)}>
                <Trans>Show</Trans>
              </button>{' '}
              <span>
                <Plural
                  value={total}
                  one="# person is known still, although IBSafe deleted the account."
                  other="# persons are known still, although IBSafe deleted their accounts."
                />
              </span>
            </p>
          )
        }
      </Answer>
    </Card>
  );
}

function List(): ReactElement {
  const answer = useLive(LIST, {});
  return (
    <Answer of={answer}>
      {({ personsToErase: { total, userIds } }) => (
        <>
          <ul className="lines">
            {userIds.map((userId) => (
              <li key={userId}>
                <Link to="/patients/$userId" params={{ userId: String(userId) }}>
                  <Trans>Patient {userId}</Trans>
                </Link>
              </li>
            ))}
          </ul>
          {total > userIds.length && (
            <p className="soft">
              <Plural value={total - userIds.length} one="and # more" other="and # more" />
            </p>
          )}
        </>
      )}
    </Answer>
  );
}
