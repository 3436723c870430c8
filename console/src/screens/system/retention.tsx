import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Answer, Card } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import { Fact } from '../run/figures.js';

const LetMonthsGoDialog = lazy(withTexts(() => import('../../orders/let-months-go-dialog.js')));

const RETENTION = graphql(`
  query Retention {
    retention {
      keepMonths
      keptFrom
      months {
        month
        events
        bytes
        due
        heldBy
        message
        messageKo: message(language: KO)
      }
      letGo {
        month
        letGoAt
        actor
        events
        file
      }
    }
  }
`);
type Kept = ResultOf<typeof RETENTION>['retention'];

/** What is kept of the log, and what was let go to archives. */
export function Retention(): ReactElement {
  const answer = useLive(RETENTION, {});
  return (
    <Card
      title={<Trans>Retention</Trans>}
      aside={
        <Opener look="danger" role="admin" dialog={(close) => <LetMonthsGoDialog onClose={close} />}>
          <Trans>Let months go</Trans>
        </Opener>
      }
    >
      <Answer of={answer}>{({ retention }) => <Months {...retention} />}</Answer>
    </Card>
  );
}

function Months({ keepMonths, months, letGo }: Kept): ReactElement {
  const { t } = useLingui();
  const { count, language, name } = useWords();
  const bytes = months.reduce((sum, month) => sum + month.bytes, 0);
  const [last] = letGo;
  return (
    <>
      <dl className="facts">
        <Fact name={t`In the log`}>
          <Plural value={months.length} one="# month" other="# months" /> · {count(Math.ceil(bytes / 1_000_000))} MB
        </Fact>
        <Fact name={t`Let go by itself`}>
          {keepMonths === null
            ? t`nothing: every month is kept`
            : t`what is older than ${plural(keepMonths, { one: '# month', other: '# months' })}`}
        </Fact>
        <Fact name={t`Let go so far`}>
          {last === undefined ? (
            t`nothing`
          ) : (
            <>
              <Plural value={letGo.length} one="# month" other="# months" />, <Trans>the last on</Trans> <Time at={last.letGoAt} />:{' '}
              <span className="mono">{last.file}</span>
            </>
          )}
        </Fact>
      </dl>
      <ul className="lines">
        {months
          .filter(({ due }) => due)
          .map(({ month, heldBy, message, messageKo }) => (
            <li key={month}>
              <b>{month.slice(0, 7)}</b>{' '}
              {heldBy === null ? (
                <Trans>is older than what is kept</Trans>
              ) : (
                <>
                  {name('MonthRefusal', heldBy)} <small className="soft block">{language === 'ko' ? messageKo : message}</small>
                </>
              )}
            </li>
          ))}
      </ul>
    </>
  );
}
