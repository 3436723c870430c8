import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, type ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Actor } from '../../parts/actor.js';
import { OutcomeBar } from '../../parts/outcome-bar.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { StateTag } from '../../parts/state.js';
import { TallyLine } from '../../parts/tally.js';
import { Day, dayText, Time } from '../../parts/time.js';
import { Fact } from '../run/figures.js';
import { BACKFILL, type BackfillDetail } from './backfill-query.js';
import { BackfillState, DATE_TONES } from './backfill-state.js';
import '../../style/screens.css';

const CancelBackfillDialog = lazy(withTexts(() => import('../../orders/cancel-backfill-dialog.js')));

/** A backfill: each of its days with what it came to, and the way to end it. */
export function BackfillScreen(): ReactElement {
  const { t } = useLingui();
  const { language, name } = useWords();
  const { id } = useParams({ from: '/backfills/$id' });
  const answer = useLive(BACKFILL, { id }, { runs: true, everyMs: ({ backfill }) => (backfill?.status === 'RUNNING' ? 3_000 : undefined) });
  const backfill = answer.data?.backfill;
  if (backfill == null)
    return (
      <Page title={t`Backfill`}>
        <Answer of={answer}>
          {() => (
            <Card>
              <Empty icon="search" title={<Trans>There is no backfill with this id.</Trans>} />
            </Card>
          )}
        </Answer>
      </Page>
    );
  return (
    <Page
      title={`${name('ProgramName', backfill.program)} · ${dayText(backfill.from, language, false)} – ${dayText(backfill.to, language, false)}`}
      lead={<BackfillState status={backfill.status} />}
      actions={
        <Opener
          icon="cross"
          look="danger"
          offered={backfill.status === 'RUNNING'}
          dialog={(close) => <CancelBackfillDialog backfill={backfill} onClose={close} />}
        >
          <Trans>Cancel</Trans>
        </Opener>
      }
    >
      <div className="columns">
        <Card title={<Trans>Days</Trans>}>
          <Days backfill={backfill} />
        </Card>
        <About backfill={backfill} />
      </div>
    </Page>
  );
}

function Days({ backfill }: { readonly backfill: BackfillDetail }): ReactElement {
  const { name, words } = useWords();
  return (
    <ul className="lines backfill-days">
      {backfill.dates.map(({ recordDate, status, code, run }) => (
        <li key={recordDate}>
          <Day date={recordDate} />
          <StateTag tone={DATE_TONES[status] ?? 'idle'}>{name('BackfillDateStatus', status)}</StateTag>
          {run === null ? (
            <span className="soft">{code === null ? '' : words('ErrorCode', code).name}</span>
          ) : (
            <Link to="/runs/$runId" params={{ runId: run.id }} className="day-run">
              <OutcomeBar tally={run.progress} />
              <TallyLine tally={run.progress} />
              <span className="unseen">
                <Trans>To the run</Trans>
              </span>
            </Link>
          )}
          {run?.status === 'PAUSED' && (
            <StateTag tone="warn" icon="pause">
              {name('RunStatus', 'PAUSED')}
            </StateTag>
          )}
        </li>
      ))}
    </ul>
  );
}

function About({ backfill }: { readonly backfill: BackfillDetail }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  return (
    <Card title={<Trans>About this backfill</Trans>}>
      <dl className="facts">
        <Fact name={t`Asked by`}>
          <Actor actor={backfill.actor} />
        </Fact>
        {backfill.reason !== null && <Fact name={t`Reason`}>{backfill.reason}</Fact>}
        {backfill.withoutSchedule !== null && <Fact name={t`Without a schedule`}>{backfill.withoutSchedule}</Fact>}
        <Fact name={t`Asked for at`}>
          <Time at={backfill.requestedAt} style="full" />
        </Fact>
        {backfill.endedAt !== null && (
          <Fact name={t`Ended`}>
            <Time at={backfill.endedAt} style="full" />
          </Fact>
        )}
        <Fact name={t`Order`}>{name('BackfillOrder', backfill.order)}</Fact>
        <Fact name={t`Days at once`}>{count(backfill.maxActiveRuns)}</Fact>
        <Fact name={t`Existing advice`}>{name('OnExisting', backfill.onExisting)}</Fact>
        <Fact name={t`Written by`}>{name('GeneratorName', backfill.generator)}</Fact>
        {backfill.cancelledBy !== null && (
          <Fact name={t`Cancelled by`}>
            <Actor actor={backfill.cancelledBy} /> {backfill.cancelReason !== null && <>“{backfill.cancelReason}”</>}
          </Fact>
        )}
      </dl>
    </Card>
  );
}
