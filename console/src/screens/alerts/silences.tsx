import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Actor } from '../../parts/actor.js';
import { Card, Empty } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import type { Silence } from './alert-query.js';

const EndSilenceDialog = lazy(withTexts(() => import('../../orders/end-silence-dialog.js')));

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

function Line({ silence }: { readonly silence: Silence }): ReactElement {
  const { kind, subject, until, reason, madeBy } = silence;
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
        <Opener
          icon="play"
          label={t`End it: ${name('AlertKind', kind)}`}
          dialog={(close) => <EndSilenceDialog silence={silence} onClose={close} />}
        >
          <Trans>End it</Trans>
        </Opener>
      </div>
    </li>
  );
}
