import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { ActorField } from '../../parts/actor-field.js';
import { Select } from '../../parts/choice.js';
import { type RunsSearch, withoutNothing } from './runs-search.js';
import { PROGRAMS } from '../../parts/programs.js';
import { TypedInput } from '../../parts/typed-input.js';

/**
 * The filters of the list of runs. Each change stands in the address at once, so that a list can be kept or sent, and Back leads to the list before it. What is
 * typed on amends the filter that is there: a name or a year is one step, not one for each key.
 */
export function RunFilters({
  search,
  onChange,
}: {
  readonly search: RunsSearch;
  readonly onChange: (search: RunsSearch, amends?: boolean) => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const set = (part: Record<string, string>): void => onChange(withoutNothing({ ...search, ...part }) as RunsSearch);
  const typed = (field: 'actor' | 'from' | 'to') => ({
    text: search[field] ?? '',
    onType: (text: string, amends: boolean): void => onChange(withoutNothing({ ...search, [field]: text }) as RunsSearch, amends),
  });
  return (
    <form className="filters" aria-label={t`Filters`} onSubmit={(event) => event.preventDefault()}>
      <Select
        label={t`State`}
        value={search.state ?? ''}
        onChange={(state) => set({ state })}
        options={[
          { value: '', name: t`All` },
          { value: 'open', name: t`Not ended` },
          { value: 'failures', name: name('RunStatus', 'COMPLETED_WITH_FAILURES') },
          { value: 'COMPLETED', name: name('RunStatus', 'COMPLETED') },
          { value: 'CANCELLED', name: name('RunStatus', 'CANCELLED') },
          { value: 'FAILED', name: name('RunStatus', 'FAILED') },
        ]}
      />
      <Select
        label={t`Asked by`}
        value={search.trigger ?? ''}
        onChange={(trigger) => set({ trigger })}
        options={[
          { value: '', name: t`All` },
          ...(['SCHEDULE', 'MANUAL', 'RETRY', 'BACKFILL', 'RECALL'] as const).map((value) => ({ value, name: name('Trigger', value) })),
        ]}
      />
      <Select
        label={t`Kind`}
        value={search.kind ?? ''}
        onChange={(kind) => set({ kind })}
        options={[
          { value: '', name: t`All` },
          { value: 'real', name: t`Advice written` },
          { value: 'trial', name: t`Trials` },
          { value: 'shadow', name: t`Comparisons` },
        ]}
      />
      <Select
        label={t`Program`}
        value={search.program ?? ''}
        onChange={(program) => set({ program })}
        options={[{ value: '', name: t`All` }, ...PROGRAMS.map((value) => ({ value, name: name('ProgramName', value) }))]}
      />
      <ActorField {...typed('actor')} />
      <label className="field">
        <span>{t`Records from`}</span>
        <TypedInput type="date" {...typed('from')} />
      </label>
      <label className="field">
        <span>{t`to`}</span>
        <TypedInput type="date" {...typed('to')} />
      </label>
      {Object.keys(search).length > 0 && (
        <button type="button" className="button quiet" onClick={() => onChange({})}>
          <Trans>Take the filters away</Trans>
        </button>
      )}
    </form>
  );
}
