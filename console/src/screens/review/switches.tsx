import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Actor } from '../../parts/actor.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { StateTag } from '../../parts/state.js';
import { Time } from '../../parts/time.js';
import { type Switch, SWITCHES } from './review-query.js';

const PointDialog = lazy(withTexts(() => import('../../orders/point-dialog.js')));

/** Points that advice is not written with, and those that came back. */
export function Switches(): ReactElement {
  const { t } = useLingui();
  const answer = useLive(SWITCHES, {});
  return (
    <Card
      title={<Trans>Points that are off</Trans>}
      aside={
        <Opener role="reviewer" look="danger" dialog={(close) => <PointDialog onClose={close} />}>
          <Trans>Turn a point off</Trans>
        </Opener>
      }
    >
      <Answer of={answer}>
        {({ pointSwitches }) =>
          pointSwitches.length === 0 ? (
            <Empty icon="check" title={<Trans>Every point may be said.</Trans>} />
          ) : (
            <ul className="lines sessions" aria-label={t`Points that are off`}>
              {pointSwitches
                .toSorted((a, b) => Number(b.isOff) - Number(a.isOff))
                .map((each) => (
                  <Line key={each.point} of={each} />
                ))}
            </ul>
          )
        }
      </Answer>
    </Card>
  );
}

function Line({ of: { point, isOff, markId, reason, actor, changedAt } }: { readonly of: Switch }): ReactElement {
  const { t } = useLingui();
  const pointName = useWords().name('PointName', point);
  return (
    <li>
      <div>
        <p>
          <b>{pointName}</b> <span className="mono soft">{point}</span>{' '}
          <StateTag tone={isOff ? 'bad' : 'good'}>{isOff ? <Trans>off</Trans> : <Trans>on again</Trans>}</StateTag>
        </p>
        <p className="soft">
          <Time at={changedAt} /> · <Actor actor={actor} />
          {reason !== null && <> · “{reason}”</>}
          {markId !== null && (
            <>
              {' · '}
              <Trans>by a mark</Trans>
            </>
          )}
        </p>
      </div>
      {isOff && (
        <div className="actions">
          <Opener
            role="reviewer"
            icon="play"
            label={t`Turn on: ${pointName}`}
            dialog={(close) => <PointDialog isOff={point} onClose={close} />}
          >
            <Trans>Turn on</Trans>
          </Opener>
        </div>
      )}
    </li>
  );
}
