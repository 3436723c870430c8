import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMay } from '../../graphql/role.js';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { OutcomeBar } from '../../parts/outcome-bar.js';
import { RunState } from '../../parts/state.js';
import { TallyLine } from '../../parts/tally.js';
import { Day, dayText, Time } from '../../parts/time.js';
import type { RunLine } from '../../runs/run-line.js';
import { type BackfillInFeed, BackfillRow } from './backfill-row.js';
import { useProgress } from '../../runs/use-progress.js';

/** Runs and the backfills between them as a table, newest first; on a phone each row is a card. */
export function RunTable(props: {
  readonly runs: readonly RunLine[];
  readonly backfills: readonly BackfillInFeed[];
  /** Whether this is the newest page, and the oldest: backfills beyond its runs stand on it too. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}): ReactElement {
  const { runs, backfills, isFirst, isLast, chosen, onChoose } = props;
  const { t } = useLingui();
  const may = useMay('operator');
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  const all = runs.every(({ id }) => chosen.has(id));
  return (
    <div className="card table-card">
      <table className="table">
        <thead>
          <tr>
            {may && (
              <th scope="col" className="check">
                <label>
                  <input
                    type="checkbox"
                    aria-label={t`Choose all`}
                    checked={all}
                    onChange={() => onChoose(new Set(all ? [] : runs.map(({ id }) => id)))}
                  />
                  <span aria-hidden>{t`Choose all`}</span>
                </label>
              </th>
            )}
            <th scope="col">
              <Trans>Run</Trans>
            </th>
            <th scope="col">
              <Trans>State</Trans>
            </th>
            <th scope="col">
              <Trans>Outcomes</Trans>
            </th>
            <th scope="col">
              <Trans>Asked by</Trans>
            </th>
            <th scope="col">
              <Trans>When</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {feedOf(runs, backfills, { isFirst, isLast }).map((entry) =>
            'backfill' in entry ? (
              <BackfillRow key={entry.backfill.id} backfill={entry.backfill} hasBox={may} />
            ) : (
              <RunRow
                key={entry.run.id}
                run={entry.run}
                may={may}
                isChosen={chosen.has(entry.run.id)}
                onToggle={() => toggle(entry.run.id)}
              />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

type Entry = { readonly run: RunLine } | { readonly backfill: BackfillInFeed };

/** Runs and backfills by when they were asked for, newest first: of the backfills those of this page. */
function feedOf(
  runs: readonly RunLine[],
  backfills: readonly BackfillInFeed[],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): readonly Entry[] {
  const [newest, oldest] = [runs[0]?.requestedAt ?? '', runs.at(-1)?.requestedAt ?? ''];
  const here = backfills.filter(({ requestedAt: at }) => (isFirst || at <= newest) && (isLast || at > oldest));
  const entries: readonly Entry[] = [...runs.map((run) => ({ run })), ...here.map((backfill) => ({ backfill }))];
  return entries.toSorted((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1));
}

const timeOf = (entry: Entry): string => ('run' in entry ? entry.run.requestedAt : entry.backfill.requestedAt);

function RunRow(props: {
  readonly run: RunLine;
  readonly may: boolean;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}): ReactElement {
  const { run, may, isChosen, onToggle } = props;
  const { t } = useLingui();
  const { name, duration, language } = useWords();
  const progress = useProgress(run.id, run.progress);
  const what = `${name('ProgramName', run.program)} · ${dayText(run.recordDate, language)}`;
  return (
    <tr className={isChosen ? 'chosen' : ''}>
      {may && (
        <td className="check">
          <input type="checkbox" aria-label={t`Choose the run ${what}`} checked={isChosen} onChange={onToggle} />
        </td>
      )}
      <td className="main-cell">
        <Link to="/runs/$runId" params={{ runId: run.id }}>
          {name('ProgramName', run.program)} · <Day date={run.recordDate} />
        </Link>
        {run.dryRun && <small className="soft">{run.shadow ? t`comparison` : t`trial`}</small>}
      </td>
      <td>
        <RunState status={progress.status} />
      </td>
      <td className="bar-cell">
        <OutcomeBar tally={progress} />
        <TallyLine tally={progress} />
      </td>
      <td>
        {name('Trigger', run.trigger)}
        {run.trigger !== 'SCHEDULE' && (
          <small className="soft block">
            <Actor actor={run.actor} />
          </small>
        )}
      </td>
      <td>
        <Time at={run.startedAt ?? run.requestedAt} />
        {run.endedAt !== null && run.startedAt !== null && (
          <small className="soft block">{duration(Date.parse(run.endedAt) - Date.parse(run.startedAt))}</small>
        )}
      </td>
    </tr>
  );
}
