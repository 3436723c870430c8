import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useCallback } from 'react';
import { useClient } from 'urql';
import type { ResultOf } from '../../graphql/graphql.js';
import { useLive } from '../../graphql/use-live.js';
import { type Further, type Rest, useRest } from '../../graphql/use-rest.js';
import { useWords } from '../../language/use-words.js';
import { Answer, Card, Empty, Failed, Loading, Page } from '../../parts/page.js';
import { RunState } from '../../parts/state.js';
import { addDays, Day } from '../../parts/time.js';
import { useToday } from '../../parts/use-today.js';
import { EARLIER, type FailedRun, FAILURES, type Night } from './failures-query.js';
import { isOf, Since } from './since.js';
import '../../style/screens.css';

const DAYS = 28;

interface OfCode {
  readonly code: string;
  readonly users: number;
  readonly runs: readonly { readonly run: FailedRun; readonly users: number }[];
}

/** What failed over the last four weeks, by code: what it means, what to mend, its patients, and the retry. */
export function Failures(): ReactElement {
  const { t } = useLingui();
  const today = useToday();
  const from = addDays(today, -DAYS);
  const answer = useLive(FAILURES, { from, to: today }, { runs: true });
  const earlier = useEarlier(answer.data?.runs, from);
  return (
    <Page title={t`Failures`} lead={<Trans>What failed in the last four weeks, why, and what helps.</Trans>}>
      <Answer of={answer} lines={8}>
        {({ runs, nights }) => (
          <>
            <Codes codes={byCode([...runs.nodes, ...earlier.nodes])} nights={nights} from={from} isWhole={earlier.isWhole} />
            {earlier.error !== undefined ? (
              <Failed error={earlier.error} again={answer.refresh} />
            ) : (
              !earlier.isWhole && <Loading lines={2} />
            )}
          </>
        )}
      </Answer>
    </Page>
  );
}

/** The runs of the weeks that the first page leaves out. */
function useEarlier(first: ResultOf<typeof FAILURES>['runs'] | undefined, from: string): Rest<FailedRun> {
  const client = useClient();
  const ask = useCallback(
    async (after: string): Promise<Further<FailedRun>> => {
      const { data, error } = await client.query(EARLIER, { from, after }, { requestPolicy: 'network-only' }).toPromise();
      return { page: data?.runs, error };
    },
    [client, from],
  );
  return useRest(first, ask);
}

/** Failures by their code, what met most first. */
function byCode(runs: readonly FailedRun[]): OfCode[] {
  const codes = new Map<string, { run: FailedRun; users: number }[]>();
  for (const run of runs) {
    for (const { reason, users } of run.progress.reasons) {
      codes.set(reason, [...(codes.get(reason) ?? []), { run, users }]);
    }
  }
  return [...codes]
    .map(([code, met]) => ({ code, runs: met, users: met.reduce((sum, { users }) => sum + users, 0) }))
    .toSorted((a, b) => b.users - a.users);
}

function Codes(props: {
  readonly codes: readonly OfCode[];
  readonly nights: readonly Night[];
  readonly from: string;
  readonly isWhole: boolean;
}): ReactElement | null {
  const { codes, nights, from, isWhole } = props;
  const { words } = useWords();
  const failures = codes.filter(({ code }) => words('SkipReason', code).means === undefined);
  if (failures.length === 0 && !isWhole) return null; // not yet known
  if (failures.length === 0)
    return (
      <Card>
        <Empty icon="check" title={<Trans>No patient failed.</Trans>}>
          <p>
            <Trans>
              No patient has failed since <Day date={addDays(from, 1)} />.
            </Trans>
          </p>
        </Empty>
      </Card>
    );
  return (
    <div className="stack">
      {failures.map((ofCode) => (
        <CodeCard key={ofCode.code} ofCode={ofCode} nights={nights} />
      ))}
    </div>
  );
}

function CodeCard({ ofCode, nights }: { readonly ofCode: OfCode; readonly nights: readonly Night[] }): ReactElement {
  const { code, users, runs } = ofCode;
  const { name, words } = useWords();
  const said = words('FailureCode', code);
  return (
    <Card
      title={said.name}
      aside={
        <b className="wrong">
          <Plural value={users} one="# patient" other="# patients" />
        </b>
      }
    >
      <p>{said.means}</p>
      <p className="todo">{said.todo}</p>
      <ul className="lines failure-runs">
        {runs.map(({ run, users: met }) => (
          <li key={run.id}>
            <Link to="/runs/$runId" params={{ runId: run.id }} search={{ outcome: 'FAILED', reason: code }}>
              {name('ProgramName', run.program)} · <Day date={run.recordDate} />
            </Link>
            {run.trigger === 'RETRY' && <span className="soft">{name('Trigger', run.trigger)}</span>}
            <b>
              <Plural value={met} one="# patient" other="# patients" />
            </b>
            <RunState status={run.status} />
            <span className="spring" />
            <Since run={run} code={code} users={met} night={nights.find((night) => isOf(night, run))} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
