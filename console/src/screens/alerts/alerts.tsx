import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { useAlertNews } from '../../graphql/use-alert-news.js';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { usePages } from '../../parts/use-pages.js';
import { AlertLine } from './alert-line.js';
import { ALERTS } from './alert-query.js';
import { Channels } from './channels.js';
import { Silences } from './silences.js';
import '../../style/screens.css';

const SilenceDialog = lazy(withTexts(() => import('../../orders/silence-dialog.js')));

/** What is firing, what is silenced, who is told, and what is over. */
export function Alerts(): ReactElement {
  const { t } = useLingui();
  const { language } = useWords();
  const [pages, turn] = usePages('past');
  const after = pages.at(-1);
  useAlertNews();
  const variables = { language: language === 'ko' ? ('KO' as const) : ('EN' as const), ...(after !== undefined && { after }) };
  const answer = useLive(ALERTS, variables, { alerts: true });
  return (
    <Page
      title={t`Alerts`}
      lead={<Trans>What the service tells by webhook and e-mail, and what keeps it from being told.</Trans>}
      actions={
        <Opener icon="pause" dialog={(close) => <SilenceDialog onClose={close} />}>
          <Trans>Silence</Trans>
        </Opener>
      }
    >
      <Answer of={answer} lines={8}>
        {({ open, past, alertSilences, alertChannels }) => (
          <div className="stack">
            <Card title={<Trans>Firing now</Trans>}>
              {open.nodes.length === 0 ? (
                <Empty icon="check" title={<Trans>Nothing is firing.</Trans>} />
              ) : (
                <ul className="lines sessions" aria-live="polite" aria-label={t`Firing now`}>
                  {open.nodes.map((alert) => (
                    <AlertLine key={alert.id} alert={alert} />
                  ))}
                </ul>
              )}
            </Card>
            <Silences silences={alertSilences} />
            <Channels channels={alertChannels} />
            <Card title={<Trans>Past alerts</Trans>}>
              {past.nodes.length === 0 ? (
                <Empty title={<Trans>No alert is over yet.</Trans>} />
              ) : (
                <ul className="lines sessions" aria-label={t`Past alerts`}>
                  {past.nodes.map((alert) => (
                    <AlertLine key={alert.id} alert={alert} />
                  ))}
                </ul>
              )}
              <Pager pages={pages} pageInfo={past.pageInfo} onPages={turn} label={t`Pages of past alerts`} />
            </Card>
          </div>
        )}
      </Answer>
    </Page>
  );
}
