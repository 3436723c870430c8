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
import { EARLIER, FAILED_PATIENTS, type FailedPatients, type FailedRun, FAILURES, type Night } from './failures-query.js';
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
  const patients = useLive(FAILED_PATIENTS, { from, to: today }, { runs: true }).data?.failures ?? [];
  const earlier = useEarlier(answer.data?.runs, from);
  return (
    <Page title={t`Failures`} lead={<Trans>What failed in the last four weeks, why, and what helps.</Trans>}>
      <Answer of={answer} lines={8}>
        {({ runs, nights }) => (
          <>
            <Codes
              codes={byCode([...runs.nodes, ...earlier.nodes])}
              nights={nights}
              from={from}
              isWhole={earlier.isWhole}
              patients={patients}
            />
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

/** How many patients failed, and how many of them are without advice by now. */
function Without({ patients: { patients, without } }: { readonly patients: FailedPatients }): ReactElement {
  return (
    <>
      <Plural value={patients} one="# patient" other="# patients" />
      {', '}
      {without === 0 ? (
        <Trans>all with advice by now</Trans>
      ) : (
        <Plural value={without} one="# still without advice" other="# still without advice" />
      )}
    </>
  );
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
  readonly patients: readonly FailedPatients[];
}): ReactElement | null {
  const { codes, nights, from, isWhole, patients } = props;
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
        <CodeCard key={ofCode.code} ofCode={ofCode} nights={nights} patients={patients.find(({ code }) => code === ofCode.code)} />
      ))}
    </div>
  );
}

function CodeCard(props: {
  readonly ofCode: OfCode;
  readonly nights: readonly Night[];
  readonly patients: FailedPatients | undefined;
}): ReactElement {
  const { ofCode, nights, patients } = props;
  const { code, users, runs } = ofCode;
  const { name, words } = useWords();
  const said = words('FailureCode', code);
  return (
    <Card
      title={said.name}
      aside={
        <span>
          {patients !== undefined && (
            <b className={patients.without > 0 ? 'wrong' : 'soft'}>
              <Without patients={patients} />
            </b>
          )}{' '}
          <span className="soft">
            (<Plural value={users} one="# failure" other="# failures" />)
          </span>
        </span>
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
