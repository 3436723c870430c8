import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useContext, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../graphql/graphql.js';
import { newKey, type Refusal, refusalOf, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice, Select } from '../parts/choice.js';
import { FormDialog, ReasonField, RefusalNotice } from '../parts/dialog.js';
import { Loading } from '../parts/page.js';
import { dayIn, Zone } from '../parts/time.js';
import { PROGRAMS, FIRST_PROGRAM, type ProgramName } from '../parts/programs.js';

const BACKFILL = graphql(`
  mutation MakeBackfill($input: BackfillInput!) {
    backfill(input: $input) {
      __typename
      ... on BackfillAccepted {
        backfill {
          id
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

const FIRST_DAY = graphql(`
  query ForecastDay($input: RunBatchInput) {
    forecast(input: $input) {
      __typename
      ... on Forecast {
        users
        eligible
        seconds
        costUsd
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

interface DayForecast {
  readonly users: number;
  readonly eligible: number;
  readonly seconds: number | null;
  readonly costUsd: number;
}

/** Makes a backfill. It can say first what the days would come to, by their last one. Leads to the new backfill. */
export default function BackfillDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const zone = useContext(Zone);
  const navigate = useNavigate();
  const client = useClient();
  const yesterday = dayIn(zone, -1);
  const [idempotencyKey] = useState(newKey);
  const [program, setProgram] = useState<ProgramName>(FIRST_PROGRAM);
  const [from, setFrom] = useState(dayIn(zone, -7));
  const [to, setTo] = useState(yesterday);
  const [onExisting, setOnExisting] = useState<'SKIP' | 'REGENERATE'>('SKIP');
  const [order, setOrder] = useState<'OLDEST_FIRST' | 'NEWEST_FIRST'>('OLDEST_FIRST');
  const [maxActiveRuns, setMaxActiveRuns] = useState('1');
  const [reason, setReason] = useState('');
  const [withoutSchedule, setWithoutSchedule] = useState('');
  const [forecast, setForecast] = useState<DayForecast | Refusal | 'asked'>();
  const { busy, refusal, give } = useOrder(BACKFILL);
  const days = from !== '' && to !== '' && from <= to ? Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1 : 0;

  const ask = async (): Promise<void> => {
    if (forecast === 'asked') return;
    setForecast('asked');
    const { data, error } = await client
      .query(FIRST_DAY, { input: { program, recordDate: to, onExisting } }, { requestPolicy: 'network-only' })
      .toPromise();
    setForecast(data?.forecast ?? refusalOf(error));
  };
  const send = async (): Promise<void> => {
    const input = { program, from, to, onExisting, order, maxActiveRuns: Number(maxActiveRuns), idempotencyKey };
    const done = await give({ input: { ...input, ...(reason && { reason }), ...(withoutSchedule && { withoutSchedule }) } });
    if (done === undefined) return;
    onClose();
    await navigate({ to: '/backfills/$id', params: { id: done.backfill.id } });
  };

  return (
    <FormDialog
      title={t`New backfill`}
      submit={days === 1 ? t`Run 1 day` : t`Run ${count(days)} days`}
      disabled={days === 0}
      onSubmit={() => void send()}
      onClose={onClose}
      busy={busy}
      refusal={refusal}
      further={
        <button type="button" className="button" disabled={days === 0} aria-busy={forecast === 'asked'} onClick={() => void ask()}>
          <Trans>Forecast first</Trans>
        </button>
      }
    >
      <Choice
        label={t`Program`}
        value={program}
        onChange={setProgram}
        options={PROGRAMS.map((value) => ({ value, name: name('ProgramName', value) }))}
      />
      <div className="field-row">
        <label className="field">
          <span>{t`First day of records`}</span>
          <input type="date" value={from} max={yesterday} required onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label className="field">
          <span>{t`Last day of records`}</span>
          <input
            type="date"
            value={to}
            max={yesterday}
            required
            aria-invalid={days === 0}
            onChange={(event) => setTo(event.target.value)}
          />
          {days === 0 && <small className="wrong">{t`The last day is not before the first one.`}</small>}
        </label>
      </div>
      <Choice
        label={t`Where advice is there already`}
        value={onExisting}
        onChange={setOnExisting}
        options={[
          { value: 'SKIP', name: name('OnExisting', 'SKIP') },
          { value: 'REGENERATE', name: name('OnExisting', 'REGENERATE'), hint: t`the earlier text is lost` },
        ]}
      />
      <div className="field-row">
        <Select
          label={t`Order`}
          value={order}
          onChange={setOrder}
          options={(['OLDEST_FIRST', 'NEWEST_FIRST'] as const).map((value) => ({ value, name: name('BackfillOrder', value) }))}
        />
        <label className="field">
          <span>{t`Days at once`}</span>
          <input type="number" min={1} max={20} value={maxActiveRuns} onChange={(event) => setMaxActiveRuns(event.target.value)} />
        </label>
      </div>
      <ReasonField value={reason} onChange={setReason} />
      {refusal?.code === 'NO_ACTIVE_SCHEDULE' && (
        <ReasonField
          value={withoutSchedule}
          onChange={setWithoutSchedule}
          required
          label={t`Why it shall run without an active schedule`}
        />
      )}
      <DaysForecast forecast={forecast} days={days} />
    </FormDialog>
  );
}

function DaysForecast({
  forecast,
  days,
}: {
  readonly forecast: DayForecast | Refusal | 'asked' | undefined;
  readonly days: number;
}): ReactElement | null {
  const { count, duration } = useWords();
  if (forecast === undefined) return null;
  if (forecast === 'asked') return <Loading lines={2} />;
  if ('code' in forecast) return <RefusalNotice refusal={forecast} />;
  const { users, eligible, seconds, costUsd } = forecast;
  return (
    <div className="notice live" role="status">
      <p>
        <Trans>
          For the last day, advice would be written for <b>{count(eligible)}</b> of {count(users)} patients.
        </Trans>{' '}
        {seconds !== null && (
          <Trans>
            If each of the {count(days)} days is like it, they take about {duration(seconds * 1_000 * days)} in all.
          </Trans>
        )}{' '}
        {costUsd > 0 && <Trans>They cost about ${(costUsd * days).toFixed(2)} in all.</Trans>}
      </p>
    </div>
  );
}
