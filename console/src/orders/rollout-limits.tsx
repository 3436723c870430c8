import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../language/use-words.js';
import { Select } from '../parts/choice.js';
import { isLimit, type LimitName, LIMITS, type RolloutFields } from './rollout-fields.js';

/** When a rollout is to stop by itself, which runs take part, and what patients are drawn by. As usual where nothing is typed. */
export function RolloutLimits(props: {
  readonly fields: RolloutFields;
  readonly set: (part: Partial<RolloutFields>) => void;
}): ReactElement {
  const { fields, set } = props;
  const { t } = useLingui();
  const { name } = useWords();
  const labels: readonly (readonly [LimitName, string])[] = [
    ['gateDropsPercent', t`Gate dropped or refused, % on top`],
    ['fallbacksPercent', t`Written by the rules instead, % on top`],
    ['failuresPercent', t`Failed, % on top`],
    ['falsehoodsPercent', t`Untrue of judged rows, % on top`],
    ['priceUsd', t`Price of 1,000 patients, US$ on top`],
    ['relativePercent', t`Of each figure in force, % more`],
    ['leastUsers', t`Patients before anything is concluded`],
  ];
  return (
    <details className="more-fields">
      <summary>
        <Trans>Limits, and who takes part</Trans>
      </summary>
      <div className="field-row">
        {labels.map(([limit, label]) => (
          <Limit
            key={limit}
            {...{ limit, label }}
            value={fields.limits[limit] ?? ''}
            onChange={(text) => set({ limits: { ...fields.limits, [limit]: text } })}
          />
        ))}
        <Select
          label={t`Runs written by`}
          value={fields.against}
          onChange={(against) => set({ against })}
          options={[
            { value: '', name: t`As configured` },
            ...(['RULES', 'LLM'] as const).map((value) => ({ value, name: name('GeneratorName', value) })),
          ]}
        />
        <label className="field">
          <span>
            {t`Seed`} <em>{t`(empty: one of its own)`}</em>
          </span>
          <input
            className="mono"
            value={fields.seed}
            maxLength={40}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => set({ seed: event.target.value })}
          />
          <small>{t`The seed of an earlier rollout draws the same patients.`}</small>
        </label>
      </div>
    </details>
  );
}

function Limit(props: {
  readonly limit: LimitName;
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}): ReactElement {
  const { limit, label, value, onChange } = props;
  const { t } = useLingui();
  const { usual, least, most } = LIMITS[limit];
  const isRight = isLimit(limit, value);
  return (
    <label className="field">
      <span>{label}</span>
      <input
        inputMode="decimal"
        value={value}
        placeholder={String(usual)}
        aria-invalid={!isRight}
        onChange={(event) => onChange(event.target.value.trim())}
      />
      {!isRight && <small className="wrong">{t`A number from ${least} to ${most}.`}</small>}
    </label>
  );
}
