import { useLingui } from '@lingui/react/macro';
import type { ReactElement, ReactNode } from 'react';

/** The service takes no record date before this one. */
const OLDEST_DAY = '2000-01-01';

/** Whether a form can send a day of records: one is chosen, and it is not older than the service takes. */
export const isDayOfRecords = (day: string): boolean => day >= OLDEST_DAY;

/** A field for a day of records. A day that is too old, as a year is while it is typed, is told beside it. */
export function DayField(props: {
  readonly label: string;
  readonly value: string;
  readonly max: string;
  readonly onChange: (day: string) => void;
  /** What else is wrong with the day. */
  readonly wrong?: ReactNode;
}): ReactElement {
  const { t } = useLingui();
  const { label, value, max, onChange, wrong } = props;
  const told = value !== '' && !isDayOfRecords(value) ? t`Choose ${OLDEST_DAY} or a later day.` : wrong;
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        value={value}
        min={OLDEST_DAY}
        max={max}
        required
        aria-invalid={told !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {told !== undefined && <small className="wrong">{told}</small>}
    </label>
  );
}
