import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useContext, useState } from 'react';
import { useClient } from 'urql';
import { newKey, type Refusal, refusalOf, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice, Select } from '../parts/choice.js';
import { DayField, isDayOfRecords } from '../parts/day-field.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import { isPatientNumber } from '../parts/patient-number.js';
import { dayIn, Zone } from '../parts/time.js';
import { FORECAST, RUN } from './run-now-query.js';
import { ForecastNotice, type Forecast } from './forecast-notice.js';
import { PROGRAMS, FIRST_PROGRAM, isOfSameDay, recordDateOf, type ProgramName } from '../parts/programs.js';

type Kind = 'real' | 'dry' | 'shadow';

/** The form that makes a run by hand. It can say first what the run would come to. Leads to the new run. */
export default function RunNowDialog(props: {
  readonly program?: ProgramName;
  readonly recordDate?: string;
  readonly userId?: number;
  readonly replaces?: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { name, inService: language } = useWords();
  const zone = useContext(Zone);
  const navigate = useNavigate();
  const client = useClient();
  const [idempotencyKey] = useState(newKey);
  const [program, setProgram] = useState(props.program ?? FIRST_PROGRAM);
  const [recordDate, setRecordDate] = useState(props.recordDate ?? dayIn(zone, -1));
  const [users, setUsers] = useState(props.userId === undefined ? '' : String(props.userId));
  const [kind, setKind] = useState<Kind>('real');
  const [onExisting, setOnExisting] = useState<'SKIP' | 'REGENERATE'>(props.replaces === true ? 'REGENERATE' : 'SKIP');
  const [generator, setGenerator] = useState<'' | 'RULES' | 'LLM'>('');
  const [reason, setReason] = useState('');
  const [withoutSchedule, setWithoutSchedule] = useState('');
  const [forecasts, setForecasts] = useState<{ readonly of: string; readonly found: Forecast | Refusal | 'asked' }>();
  const { busy, refusal, give } = useOrder(RUN);

  const userIds = [...new Set(users.split(/[\s,]+/).filter(Boolean))];
  const areNumbers = userIds.every(isPatientNumber);
  const canBeSent = areNumbers && isDayOfRecords(recordDate);
  const input = {
    program,
    recordDate,
    onExisting,
    ...(kind === 'dry' && { dryRun: true }),
    ...(kind === 'shadow' && { shadow: true }),
    ...(generator !== '' && { generator }),
    ...(userIds.length > 0 && { userIds: userIds.map(Number) }),
  };
  const why = { ...(reason !== '' && { reason }), ...(withoutSchedule !== '' && { withoutSchedule }) };
  /** A forecast of what the form says now: none is shown beside anything else. Why it is asked for changes nothing of it. */
  const forecast = forecasts?.of === JSON.stringify(input) ? forecasts.found : undefined;
  const ask = async (): Promise<void> => {
    if (forecast === 'asked') return;
    const of = JSON.stringify(input);
    setForecasts({ of, found: 'asked' });
    const { data, error } = await client.query(FORECAST, { input, language }, { requestPolicy: 'network-only' }).toPromise();
    setForecasts((now) => (now?.of === of ? { of, found: data?.forecast ?? refusalOf(error) } : now));
  };
  const send = async (): Promise<void> => {
    const done = await give({ input: { ...input, ...why, idempotencyKey }, language });
    if (done === undefined) return;
    props.onClose();
    await navigate({ to: '/runs/$runId', params: { runId: done.run.id } });
  };
  const choosesDate = (next: ProgramName): void => {
    setProgram(next);
    if (props.recordDate === undefined) setRecordDate(recordDateOf(next, dayIn(zone)));
  };

  return (
    <FormDialog
      title={t`Run now`}
      submit={kind === 'real' ? t`Run` : t`Run without saving`}
      onSubmit={() => void send()}
      disabled={!canBeSent}
      onClose={props.onClose}
      busy={busy}
      refusal={refusal}
      further={
        <button type="button" className="button" onClick={() => void ask()} disabled={!canBeSent} aria-busy={forecast === 'asked'}>
          <Trans>Forecast first</Trans>
        </button>
      }
    >
      <Choice
        label={t`Program`}
        value={program}
        onChange={choosesDate}
        options={PROGRAMS.map((value) => ({
          value,
          name: name('ProgramName', value),
          hint: isOfSameDay(value) ? t`for the day of the records` : t`for the day after the records`,
        }))}
      />
      <div className="field-row">
        <DayField label={t`Day of the records`} value={recordDate} max={dayIn(zone)} onChange={setRecordDate} />
        <Select
          label={t`Written by`}
          value={generator}
          onChange={setGenerator}
          options={[
            { value: '', name: t`As configured` },
            { value: 'RULES', name: name('GeneratorName', 'RULES') },
            { value: 'LLM', name: name('GeneratorName', 'LLM') },
          ]}
        />
      </div>
      <label className="field">
        <span>
          {t`Patient numbers`} <em>{t`(empty: all patients)`}</em>
        </span>
        <input
          value={users}
          inputMode="text" // a phone's keys for figures alone have neither comma nor blank
          placeholder="93, 118"
          aria-invalid={!areNumbers}
          onChange={(event) => setUsers(event.target.value)}
        />
        {!areNumbers && <small className="wrong">{t`Numbers alone, with commas or blanks between them.`}</small>}
      </label>
      <Choice
        label={t`Kind`}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'real', name: t`Write advice` },
          { value: 'dry', name: t`Trial`, hint: t`nothing is saved` },
          { value: 'shadow', name: t`Comparison`, hint: t`with what is saved` },
        ]}
      />
      {kind !== 'shadow' && (
        <Choice
          label={t`Where advice is there already`}
          value={onExisting}
          onChange={setOnExisting}
          options={[
            { value: 'SKIP', name: name('OnExisting', 'SKIP') },
            { value: 'REGENERATE', name: name('OnExisting', 'REGENERATE'), hint: t`the earlier text is lost` },
          ]}
        />
      )}
      <ReasonField value={reason} onChange={setReason} />
      {refusal?.code === 'NO_ACTIVE_SCHEDULE' && (
        <ReasonField
          value={withoutSchedule}
          onChange={setWithoutSchedule}
          required
          label={t`Why it shall run without an active schedule`}
        />
      )}
      <ForecastNotice forecast={forecast} />
    </FormDialog>
  );
}
