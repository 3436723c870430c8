import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useContext, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../graphql/graphql.js';
import { newKey, type Refusal, refusalOf, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice, Select } from '../parts/choice.js';
import { DayField, isDayOfRecords } from '../parts/day-field.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import { dayIn, Zone } from '../parts/time.js';
import { countDays, type DayForecast, type DaysForecast, daysFrom, MAX_DAYS, summed } from './days-forecast.js';
import { type Asked, ForecastOfDays } from './days-forecast-notice.js';
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

const ONE_DAY = graphql(`
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

/** Makes a backfill. It can say first what the days would come to, each asked for by itself. Leads to the new backfill. */
export default function BackfillDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
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
  const [forecasts, setForecasts] = useState<{ readonly of: string; readonly found: DaysForecast | Refusal | Asked }>();
  const asking = useRef(new AbortController());
  useEffect(() => () => asking.current.abort(), []);
  const { busy, refusal, give } = useOrder(BACKFILL);
  const days = isDayOfRecords(from) ? countDays(from, to) : 0;

  /** A forecast of what the form says now: none is shown beside anything else. */
  const of = JSON.stringify([program, from, to, onExisting]);
  const forecast = forecasts?.of === of ? forecasts.found : undefined;
  const forecastOf = async (recordDate: string): Promise<DayForecast | Refusal> => {
    const variables = { input: { program, recordDate, onExisting } };
    const { data, error } = await client.query(ONE_DAY, variables, { requestPolicy: 'network-only' }).toPromise();
    return data?.forecast ?? refusalOf(error);
  };
  const tell = (found: DaysForecast | Refusal | Asked): void => setForecasts({ of, found });
  const ask = async (): Promise<void> => {
    if (forecast !== undefined && 'asked' in forecast) return;
    asking.current.abort();
    const { signal } = (asking.current = new AbortController());
    const found: DayForecast[] = [];
    for (const date of daysFrom(from, to)) {
      tell({ asked: found.length });
      const day = await forecastOf(date);
      if (signal.aborted) return;
      if ('code' in day) return tell(day);
      found.push(day);
    }
    tell(summed(found));
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
      submit={t`Run ${plural(days, { one: '# day', other: '# days' })}`}
      disabled={days === 0}
      onSubmit={() => void send()}
      onClose={onClose}
      busy={busy}
      refusal={refusal}
      further={
        <button
          type="button"
          className="button"
          disabled={days === 0 || days > MAX_DAYS}
          aria-busy={forecast !== undefined && 'asked' in forecast}
          onClick={() => void ask()}
        >
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
        <DayField label={t`First day of records`} value={from} max={yesterday} onChange={setFrom} />
        <DayField
          label={t`Last day of records`}
          value={to}
          max={yesterday}
          onChange={setTo}
          {...(from > to && { wrong: t`The last day is not before the first one.` })}
        />
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
      <ForecastOfDays forecast={forecast} days={days} />
    </FormDialog>
  );
}
