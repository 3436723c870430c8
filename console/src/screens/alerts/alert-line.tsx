import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { StateTag } from '../../parts/state.js';
import { Time } from '../../parts/time.js';
import { AlertLink } from '../../parts/alert-link.js';
import type { Alert } from './alert-query.js';

const SilenceDialog = lazy(withTexts(() => import('../../orders/silence-dialog.js')));

/** An alert: what happened, since when, what to do, who was told, and its page. One that fires can be silenced. */
export function AlertLine({ alert }: { readonly alert: Alert }): ReactElement {
  const { t } = useLingui();
  const { name, words } = useWords();
  const { kind, state, text, path, firstAt, lastAt, resolvedAt, silenced } = alert;
  const said = words('AlertKind', kind);
  const fires = state === 'OPEN';
  return (
    <li>
      <div>
        <p>
          <StateTag tone={fires ? (silenced ? 'idle' : 'bad') : 'good'} {...(silenced && fires && { icon: 'pause' as const })}>
            {silenced && fires ? t`silenced` : name('AlertState', state)}
          </StateTag>{' '}
          <b>{said.name}</b>
        </p>
        <p>{text}</p>
        {fires && (
          <p className="soft">
            {said.means} {said.todo}
          </p>
        )}
        <p className="soft">
          <Trans>
            since <Time at={firstAt} />
          </Trans>
          {alert.count > 1 && (
            <>
              {' · '}
              <Trans>
                <Plural value={alert.count} one="# time" other="# times" />, the last <Time at={lastAt} />
              </Trans>
            </>
          )}
          {resolvedAt !== null && (
            <>
              {' · '}
              <Trans>
                over <Time at={resolvedAt} />
              </Trans>
            </>
          )}
        </p>
        <Told alert={alert} />
      </div>
      <div className="actions">
        <AlertLink path={path} />
        {fires && !silenced && (
          <Opener icon="pause" label={t`Silence: ${said.name}`} dialog={(close) => <SilenceDialog alert={alert} onClose={close} />}>
            <Trans>Silence</Trans>
          </Opener>
        )}
      </div>
    </li>
  );
}

/** By which channels it was told, and whether it arrived. Of each channel the last message. */
function Told({ alert: { deliveries } }: { readonly alert: Alert }): ReactElement | null {
  const { name } = useWords();
  const last = new Map(deliveries.toSorted((a, b) => (a.message < b.message ? -1 : 1)).map((each) => [each.channel, each]));
  if (last.size === 0) return null;
  return (
    <p className="soft">
      {[...last.values()].map(({ channel, state, lastCode }) => (
        <span key={channel} className={state === 'GIVEN_UP' ? 'wrong' : ''}>
          {name('AlertChannel', channel)}: {name('AlertDeliveryState', state)}
          {lastCode !== null && state !== 'SENT' && <span className="mono"> {lastCode}</span>}{' '}
        </span>
      ))}
    </p>
  );
}
