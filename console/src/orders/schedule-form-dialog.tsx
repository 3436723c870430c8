import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { newKey, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice, Select } from '../parts/choice.js';
import { FormDialog, intoSight } from '../parts/dialog.js';
import type { Schedule } from '../screens/schedules/schedule-query.js';
import { CadenceFields } from './cadence-fields.js';
import { FieldProblems } from './field-problems.js';
import { type Fields, fieldsOf, inputOf, isFilled, NEW } from './schedule-fields.js';
import { Preview } from './schedule-preview.js';
import { PROGRAMS, isOfSameDay } from '../parts/programs.js';

const CREATE = graphql(`
  mutation CreateSchedule($input: ScheduleInput!, $idempotencyKey: String) {
    createSchedule(input: $input, idempotencyKey: $idempotencyKey) {
      __typename
      ... on ScheduleAccepted {
        schedule {
          id
        }
      }
      ... on Error {
        code
        message
      }
      ... on ScheduleInvalid {
        problems {
          field
          expected: expected(language: EN)
          expectedKo: expected(language: KO)
          found
        }
      }
    }
  }
`);

const UPDATE = graphql(`
  mutation UpdateSchedule($id: UUID!, $expectedVersion: Int!, $input: ScheduleInput!) {
    updateSchedule(id: $id, expectedVersion: $expectedVersion, input: $input) {
      __typename
      ... on ScheduleAccepted {
        schedule {
          id
        }
      }
      ... on Error {
        code
        message
      }
      ... on ScheduleInvalid {
        problems {
          field
          expected: expected(language: EN)
          expectedKo: expected(language: KO)
          found
        }
      }
    }
  }
`);

/** Makes or changes a schedule, with its next ten times beside the fields, in words, before anything is saved. */
export default function ScheduleFormDialog({
  schedule,
  onClose,
}: {
  readonly schedule?: Schedule;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const [initial] = useState(schedule); // the version that was read: a change made meanwhile is not overwritten
  const [fields, setFields] = useState<Fields>(initial === undefined ? NEW : fieldsOf(initial));
  const [idempotencyKey, setIdempotencyKey] = useState(newKey);
  const create = useOrder(CREATE);
  const update = useOrder(UPDATE);
  const set = (part: Partial<Fields>): void => {
    setFields((now) => ({ ...now, ...part }));
    setIdempotencyKey(newKey()); // other fields are another order, and what was wrong may be mended
    create.forget();
    update.forget();
  };
  const send = async (): Promise<void> => {
    const input = inputOf(fields);
    const done =
      initial === undefined
        ? await create.give({ input, idempotencyKey })
        : await update.give({ id: initial.id, expectedVersion: initial.version, input });
    if (done !== undefined) onClose();
  };
  const refusal = create.refusal ?? update.refusal;
  const problems = refusal?.problems;
  return (
    <FormDialog
      title={initial === undefined ? t`New schedule` : t`Change “${initial.name}”`}
      submit={initial === undefined ? t`Make it` : t`Save`}
      busy={create.busy || update.busy}
      disabled={!isFilled(fields)}
      onSubmit={() => void send()}
      onClose={onClose}
      refusal={problems === undefined ? refusal : undefined}
    >
      <label className="field">
        <span>
          {t`Name`} <em>{t`(required)`}</em>
        </span>
        <input value={fields.name} required maxLength={100} onChange={(event) => set({ name: event.target.value })} />
      </label>
      <Choice
        label={t`Program`}
        value={fields.program}
        onChange={(program) => set({ program })}
        options={PROGRAMS.map((value) => ({
          value,
          name: name('ProgramName', value),
          hint: isOfSameDay(value) ? t`for the day of the records` : t`for the day after the records`,
        }))}
      />
      <CadenceFields fields={fields} set={set} />
      <label className="field ready-by">
        <span>
          {t`Advice is to be there by`} <em>{t`(empty: never late)`}</em>
        </span>
        <input type="time" value={fields.readyBy} onChange={(event) => set({ readyBy: event.target.value })} />
        <small>{t`On the day that the advice is for. The nights then tell who had it in time.`}</small>
      </label>
      <Preview fields={fields} areProblemsTold={problems !== undefined} />
      <details className="more-fields">
        <summary>
          <Trans>Missed times, runs that meet, and who writes</Trans>
        </summary>
        <div className="field-row">
          <Select
            label={t`Missed times`}
            value={fields.catchUp}
            onChange={(catchUp) => set({ catchUp })}
            options={(['LATEST', 'ALL', 'SKIP'] as const).map((value) => ({ value, name: name('CatchUpPolicy', value) }))}
          />
          <label className="field">
            <span>{t`Within hours`}</span>
            <input
              type="number"
              min={1}
              max={720}
              value={fields.windowHours}
              onChange={(event) => set({ windowHours: event.target.value })}
            />
          </label>
          <Select
            label={t`While a run goes on`}
            value={fields.overlap}
            onChange={(overlap) => set({ overlap })}
            options={(['SKIP', 'QUEUE', 'ALLOW'] as const).map((value) => ({ value, name: name('OverlapPolicy', value) }))}
          />
          <Select
            label={t`Written by`}
            value={fields.generator}
            onChange={(generator) => set({ generator })}
            options={[
              { value: '', name: t`As configured` },
              ...(['RULES', 'LLM'] as const).map((value) => ({ value, name: name('GeneratorName', value) })),
            ]}
          />
        </div>
      </details>
      {problems !== undefined && (
        <ul className="notice bad problems" role="alert" ref={intoSight}>
          <FieldProblems problems={problems} />
        </ul>
      )}
    </FormDialog>
  );
}
