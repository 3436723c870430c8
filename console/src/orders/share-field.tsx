import { useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { isShare } from './rollout-fields.js';

/** A field for the share of the patients that gets a candidate. */
export function ShareField({ value, onChange }: { readonly value: string; readonly onChange: (share: string) => void }): ReactElement {
  const { t } = useLingui();
  return (
    <label className="field">
      <span>{t`Percent of the patients`}</span>
      <input
        type="number"
        min={1}
        max={100}
        required
        value={value}
        aria-invalid={!isShare(value)}
        onChange={(event) => onChange(event.target.value)}
      />
      {!isShare(value) && <small className="wrong">{t`A whole number from 1 to 100.`}</small>}
    </label>
  );
}
