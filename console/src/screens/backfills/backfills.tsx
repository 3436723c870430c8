import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Actor } from '../../parts/actor.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { Day, Time } from '../../parts/time.js';
import { type BackfillLine, BACKFILLS } from './backfill-query.js';
import { BackfillState } from './backfill-state.js';
import { DateDots } from './date-dots.js';
import { LateRuns } from './late-runs.js';
import '../../style/screens.css';

const BackfillDialog = lazy(withTexts(() => import('../../orders/backfill-dialog.js')));

/** Runs over days of the past: what was asked for, and how far each is. */
export function Backfills(): ReactElement {
  const { t } = useLingui();
  const answer = useLive(
    BACKFILLS,
    {},
    { runs: true, everyMs: ({ backfills: { nodes } }) => (nodes.some(({ status }) => status === 'RUNNING') ? 5_000 : undefined) },
  );
  return (
    <Page
      title={t`Backfills`}
      lead={<Trans>Runs over days of the past: for records that came late, or nights that did not run.</Trans>}
      actions={
        <Opener icon="plus" look="primary" dialog={(close) => <BackfillDialog onClose={close} />}>
          <Trans>New backfill</Trans>
        </Opener>
      }
    >
      <Answer of={answer} lines={6}>
        {({ backfills, late }) => (
          <div className="stack">
            {backfills.nodes.length === 0 && (
              <Card>
                <Empty icon="backfills" title={<Trans>There has been no backfill yet.</Trans>} />
              </Card>
            )}
            {backfills.nodes.map((backfill) => (
              <BackfillCard key={backfill.id} backfill={backfill} />
            ))}
            <LateRuns runs={late.nodes} />
          </div>
        )}
      </Answer>
    </Page>
  );
}

function BackfillCard({ backfill }: { readonly backfill: BackfillLine }): ReactElement {
  const { count, name } = useWords();
  const done = backfill.dates.filter(({ status }) => status !== 'WAITING' && status !== 'RUNNING').length;
  return (
    <article className="card run-card">
      <header>
        <h2>
          <Link to="/backfills/$id" params={{ id: backfill.id }} className="cover">
            {name('ProgramName', backfill.program)} · <Day date={backfill.from} weekday={false} /> –{' '}
            <Day date={backfill.to} weekday={false} />
          </Link>
        </h2>
        <BackfillState status={backfill.status} />
      </header>
      <DateDots dates={backfill.dates} />
      <p className="soft">
        <Trans>
          {count(done)} of <Plural value={backfill.dates.length} one="# day" other="# days" />
        </Trans>
        {' · '}
        <Time at={backfill.requestedAt} /> · <Actor actor={backfill.actor} />
        {backfill.reason !== null && <> · “{backfill.reason}”</>}
      </p>
    </article>
  );
}
