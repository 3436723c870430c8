import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { RunState } from '../../parts/state.js';
import { dayText } from '../../parts/time.js';
import { useKept } from '../../parts/use-pages.js';
import { useProgress } from '../../runs/use-progress.js';
import { Figures } from './figures.js';
import { RunEvents } from './run-events.js';
import { Halt } from './halt.js';
import { LetGoNotice } from './let-go.js';
import { OutcomeList } from './outcome-list.js';
import { Progress } from './progress.js';
import type { Chosen } from './chosen.js';
import { Reasons } from './reasons.js';
import { RunWork } from './run-work.js';
import { RunActions } from './run-actions.js';
import { RUN, type RunDetail } from './run-query.js';
import { useRetriable } from './use-retriable.js';
import '../../style/screens.css';

/** A run: how far it is, what it came to and why, the patients of each reason, what happened to it, and what can be done with it. */
export function RunScreen(): ReactElement {
  const { t } = useLingui();
  const language = useWords().language === 'ko' ? 'KO' : 'EN';
  const { runId } = useParams({ from: '/runs/$runId' });
  const answer = useLive(RUN, { id: runId, language }, { runs: runId });
  const run = answer.data?.run;
  if (run != null) return <Whole run={run} />;
  return (
    <Page title={t`Run`}>
      <Answer of={answer} lines={8}>
        {() => (
          <Card>
            <Empty icon="search" title={<Trans>There is no run with this id.</Trans>}>
              <p>
                <Trans>It may have been kept longer than runs are kept, or the address is incomplete.</Trans>
              </p>
            </Empty>
          </Card>
        )}
      </Answer>
    </Page>
  );
}

function Whole({ run }: { readonly run: RunDetail }): ReactElement {
  const { name, language } = useWords();
  const progress = useProgress(run.id, run.progress);
  const retriable = useRetriable(run, progress);
  const chosen: Chosen = useSearch({ from: '/runs/$runId' });
  const navigate = useNavigate({ from: '/runs/$runId' });
  const choose = (next: Chosen): void => void navigate({ search: next, resetScroll: false });
  return (
    <Page
      title={`${name('ProgramName', run.program)} · ${dayText(run.recordDate, language)}`}
      lead={
        <>
          <RunState status={progress.status} />{' '}
          {run.shadow ? <Trans>Comparison, nothing is saved</Trans> : run.dryRun && <Trans>Trial, nothing is saved</Trans>}
        </>
      }
      actions={<RunActions run={run} status={progress.status} retriable={retriable(progress.failed)} />}
    >
      <Halt run={run} progress={progress} />
      <div className="columns">
        <div className="stack">
          <Progress run={run} progress={progress} chosen={chosen} choose={choose} />
          <Reasons {...{ progress, run, retriable, chosen, choose }} />
        </div>
        <Figures run={run} progress={progress} />
      </div>
      {run.letGo !== null ? <LetGoNotice letGo={run.letGo} /> : <Details {...{ run, progress, chosen, choose }} />}
    </Page>
  );
}

function Details(props: {
  readonly run: RunDetail;
  readonly progress: ReturnType<typeof useProgress>;
  readonly chosen: Chosen;
  readonly choose: (next: Chosen) => void;
}): ReactElement {
  const { run, progress, chosen, choose } = props;
  const { t } = useLingui();
  const [tab, setTab] = useKept<'users' | 'work' | 'events'>('tab', 'users');
  return (
    <section className="card tabbed">
      <div className="tabs" role="tablist" aria-label={t`Details`}>
        <Tab id="users" now={tab} onChoose={setTab}>
          <Trans>Patients</Trans>
        </Tab>
        <Tab id="work" now={tab} onChoose={setTab}>
          <Trans>Work</Trans>
        </Tab>
        <Tab id="events" now={tab} onChoose={setTab}>
          <Trans>What happened</Trans>
        </Tab>
      </div>
      <div role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
        {tab === 'users' && <OutcomeList run={run} progress={progress} chosen={chosen} choose={choose} />}
        {tab === 'work' && <RunWork runId={run.id} done={progress.status} />}
        {tab === 'events' && <RunEvents runId={run.id} done={progress.status} />}
      </div>
    </section>
  );
}

function Tab<Id extends string>(props: {
  readonly id: Id;
  readonly now: Id;
  readonly onChoose: (id: Id) => void;
  readonly children: ReactElement;
}): ReactElement {
  const { id, now, onChoose, children } = props;
  const other = (key: string): void => {
    const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.findIndex((tab) => tab.id === `tab-${id}`);
    const next =
      key === 'ArrowRight' ? tabs[(at + 1) % tabs.length] : key === 'ArrowLeft' ? tabs[(at - 1 + tabs.length) % tabs.length] : undefined;
    next?.focus();
    next?.click();
  };
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${id}`}
      aria-selected={id === now}
      aria-controls={id === now ? `panel-${id}` : undefined}
      tabIndex={id === now ? 0 : -1}
      onKeyDown={({ key }) => other(key)}
      onClick={() => onChoose(id)}
    >
      {children}
    </button>
  );
}
