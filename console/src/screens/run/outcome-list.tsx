import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, useEffect, useRef } from 'react';
import { useWords } from '../../language/use-words.js';
import { Icon } from '../../parts/icons.js';
import { Empty, Failed, Loading } from '../../parts/page.js';
import { StateTag, type Tone } from '../../parts/state.js';
import { hasEnded, type Progress } from '../../runs/run-line.js';
import type { Chosen } from './chosen.js';
import { CsvLink } from './csv-link.js';
import type { OutcomeRow, RunDetail } from './run-query.js';
import { useRowFocus } from './use-row-focus.js';
import { useOutcomes } from './use-outcomes.js';

const ROW = 44;
const TONES: Readonly<Record<string, Tone>> = { GENERATED: 'good', SKIPPED: 'idle', FAILED: 'bad', CANCELLED: 'idle' };

/** Whom the run covered: only the rows that are seen are drawn, and pages are fetched as they are scrolled to. */
export function OutcomeList(props: {
  readonly run: RunDetail;
  readonly progress: Progress;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}): ReactElement {
  const { run, progress, chosen, choose } = props;
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const { rows, more, fetching, error, fetchMore, again } = useOutcomes(run.id, chosen, stageOf(progress));
  const virtual = useVirtualizer({
    count: rows.length + (more ? 1 : 0),
    getScrollElement: () => list.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !fetching && error === undefined && last >= rows.length - 20) fetchMore();
  }, [more, fetching, error, last, rows.length, fetchMore]);

  const focus = useRowFocus(list, rows.length, (row) => virtual.scrollToIndex(row));

  if (error !== undefined && rows.length === 0) return <Failed error={error} again={again} />;
  if (rows.length === 0)
    return fetching ? (
      <Loading />
    ) : (
      <NoPatients status={progress.status} filtered={chosen.outcome !== undefined} onAll={() => choose({})} />
    );
  return (
    <>
      <FilterLine
        {...{ chosen, choose, again }}
        running={!hasEnded(progress.status)}
        runId={run.id}
        {...(more && { shown: { rows: rows.length, of: usersOf(progress, chosen) } })}
      />
      <div
        className="virtual"
        ref={list}
        tabIndex={0}
        role="region"
        aria-label={t`Patients of the run`}
        aria-description={
          more
            ? t`Arrow keys go from patient to patient. End goes to the last that is fetched, and fetches more.`
            : t`Arrow keys go from patient to patient.`
        }
        onKeyDown={focus.onKeyDown}
      >
        <ul className="rows" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start, key }) => {
            const row = rows[index];
            return (
              <li key={key} className="row" style={{ transform: `translateY(${start}px)`, height: ROW }}>
                {row === undefined ? <span className="bone" /> : <Row row={row} at={index} isReached={index === focus.at} />}
              </li>
            );
          })}
        </ul>
      </div>
      {error !== undefined && <Failed error={error} again={fetchMore} />}
    </>
  );
}

/** What of a run’s course is worth a new look at the list: one that goes on would be fetched without end. */
function stageOf({ status, done }: Progress): string {
  if (hasEnded(status)) return 'ended';
  return status === 'PAUSED' ? `paused at ${done}` : done > 0 ? 'begun' : 'waiting';
}

/** How many patients a choice stands for, as far as the run has come. */
function usersOf({ done, generated, skipped, failed, cancelled, reasons }: Progress, { outcome, reason }: Chosen): number {
  if (reason !== undefined) return reasons.find((each) => each.reason === reason)?.users ?? 0;
  return outcome === undefined ? done : { GENERATED: generated, SKIPPED: skipped, FAILED: failed, CANCELLED: cancelled }[outcome];
}

function Row({ row, at, isReached }: { readonly row: OutcomeRow; readonly at: number; readonly isReached: boolean }): ReactElement {
  const { t } = useLingui();
  const { name, words } = useWords();
  const reasons =
    row.failureCode !== null ? [words('FailureCode', row.failureCode).name] : row.skipReasons.map((reason) => name('SkipReason', reason));
  const fallback = row.fallbackReason !== null ? [t`by the rules: ${name('FallbackReason', row.fallbackReason)}`] : [];
  return (
    <>
      {row.userId === null ? (
        <span className="row-name" data-row={at} tabIndex={isReached ? 0 : -1}>{t`erased`}</span>
      ) : (
        <Link
          to="/patients/$userId"
          params={{ userId: String(row.userId) }}
          className="row-name"
          data-row={at}
          tabIndex={isReached ? 0 : -1}
        >
          {row.userId}
        </Link>
      )}
      <StateTag tone={TONES[row.outcome] ?? 'idle'}>{name('OutcomeKind', row.outcome)}</StateTag>
      <span className="row-words">
        {[...reasons, ...fallback, ...row.violations.map((violation) => name('Violation', violation))].join(' · ')}
      </span>
    </>
  );
}

function FilterLine(props: {
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
  readonly running: boolean;
  readonly again: () => void;
  readonly runId: string;
  /** How many rows of the list are there, where more are to come. */
  readonly shown?: { readonly rows: number; readonly of: number };
}): ReactElement {
  const { chosen, choose, running, again, runId, shown } = props;
  const { count, name, words } = useWords();
  const { outcome, reason } = chosen;
  return (
    <div className="filter-line">
      {outcome !== undefined && (
        <button type="button" className="chip" onClick={() => choose({})}>
          {reason === undefined ? name('OutcomeKind', outcome) : words(outcome === 'FAILED' ? 'FailureCode' : 'SkipReason', reason).name}
          <Icon name="cross" size={14} />
          <span className="unseen">
            <Trans>Show all again</Trans>
          </span>
        </button>
      )}
      {running && (
        <button type="button" className="button quiet" onClick={again}>
          <Icon name="retry" size={16} />
          <Trans>Fetch the list again</Trans>
        </button>
      )}
      {shown !== undefined && (
        <span className="soft">
          <Trans>
            {count(shown.rows)} of {count(shown.of)}: more come as you scroll
          </Trans>
        </span>
      )}
      <span className="spring" />
      <CsvLink runId={runId} />
    </div>
  );
}

function NoPatients({
  status,
  filtered,
  onAll,
}: {
  readonly status: string;
  readonly filtered: boolean;
  readonly onAll: () => void;
}): ReactElement {
  if (filtered)
    return (
      <Empty title={<Trans>No patient has this outcome.</Trans>}>
        <button type="button" className="button" onClick={onAll}>
          <Trans>Show all again</Trans>
        </button>
      </Empty>
    );
  return <Empty title={hasEnded(status) ? <Trans>The run covered no patient.</Trans> : <Trans>No patient’s turn has come yet.</Trans>} />;
}
