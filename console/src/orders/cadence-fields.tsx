import { useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../language/use-words.js';
import { Choice, Select } from '../parts/choice.js';
import { weekdayName } from '../parts/weekday.js';
import type { Fields } from './schedule-fields.js';

/** How often and when: the fields that belong to the chosen cadence. */
export function CadenceFields({ fields, set }: { readonly fields: Fields; readonly set: (part: Partial<Fields>) => void }): ReactElement {
  const { t } = useLingui();
  const { language, name } = useWords();
  return (
    <>
      <Choice
        label={t`Cadence`}
        value={fields.frequency}
        onChange={(frequency) => set({ frequency })}
        options={(['DAILY', 'WEEKLY', 'MONTHLY', 'CRON'] as const).map((value) => ({ value, name: name('Frequency', value) }))}
      />
      <div className="field-row">
        {fields.frequency === 'CRON' ? (
          <label className="field">
            <span>{t`Cron expression`}</span>
            <input className="mono" value={fields.cron} spellCheck={false} onChange={(event) => set({ cron: event.target.value })} />
            <small>{t`minute, hour, day of month, month, day of week`}</small>
          </label>
        ) : (
          <label className="field">
            <span>{t`At`}</span>
            <input type="time" value={fields.time} required onChange={(event) => set({ time: event.target.value })} />
          </label>
        )}
        {fields.frequency === 'WEEKLY' && (
          <Select
            label={t`Day of the week`}
            value={fields.dayOfWeek}
            onChange={(dayOfWeek) => set({ dayOfWeek })}
            options={Array.from({ length: 7 }, (_, day) => ({ value: String(day), name: weekdayName(language, day) }))}
          />
        )}
        {fields.frequency === 'MONTHLY' && (
          <label className="field">
            <span>{t`Day of the month`}</span>
            <input type="number" min={1} max={31} value={fields.dayOfMonth} onChange={(event) => set({ dayOfMonth: event.target.value })} />
            <small>{t`31 is the last day of a shorter month`}</small>
          </label>
        )}
        <label className="field">
          <span>{t`Time zone`}</span>
          <input list="zones" value={fields.timeZone} spellCheck={false} onChange={(event) => set({ timeZone: event.target.value })} />
          <datalist id="zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </label>
      </div>
    </>
  );
}
