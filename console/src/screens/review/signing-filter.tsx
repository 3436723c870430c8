import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { useWords } from '../../language/use-words.js';
import { Select } from '../../parts/choice.js';
import type { Filter } from './signing-query.js';

type Kind = NonNullable<Filter['kinds']>[number];
type State = NonNullable<Filter['states']>[number];

const KINDS: readonly Kind[] = ['POINT', 'WORDING', 'DISH', 'INGREDIENT'];
const STATES: readonly State[] = ['UNSIGNED', 'CHANGED', 'SIGNED'];

/** Narrows the rows by kind, by how they stand, and by a text. */
export function SigningFilter({
  filter,
  onFilter,
}: {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { kinds, states } = filter;
  const searched = filter.search ?? '';
  const [text, setText] = useState(searched);
  const [before, setBefore] = useState(searched);
  if (searched !== before) {
    setBefore(searched);
    setText(searched); // searched for, or of the entry that Back led to
  }
  const state = states?.length === 2 ? 'OPEN' : (states?.[0] ?? 'ALL');
  const withState = (chosen: State | 'ALL' | 'OPEN'): void => {
    const { states: _, ...rest } = filter;
    onFilter(chosen === 'ALL' ? rest : { ...rest, states: chosen === 'OPEN' ? ['UNSIGNED', 'CHANGED'] : [chosen] });
  };
  const withKind = (chosen: Kind | 'ALL'): void => {
    const { kinds: _, ...rest } = filter;
    onFilter(chosen === 'ALL' ? rest : { ...rest, kinds: [chosen] });
  };
  const search = (): void => {
    const { search: _, ...rest } = filter;
    onFilter(text.trim() === '' ? rest : { ...rest, search: text.trim() });
  };
  return (
    <form
      className="signing-filter"
      role="search"
      aria-label={t`Rows to sign`}
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Select
        label={t`Kind`}
        value={kinds?.[0] ?? 'ALL'}
        onChange={withKind}
        options={[{ value: 'ALL', name: t`All kinds` }, ...KINDS.map((value) => ({ value, name: name('SignableKind', value) }))]}
      />
      <Select
        label={t`Signature`}
        value={state}
        onChange={withState}
        options={[
          { value: 'OPEN', name: t`Not signed, or changed` },
          { value: 'ALL', name: t`All` },
          ...STATES.map((value) => ({ value, name: name('SigningState', value) })),
        ]}
      />
      <label className="field">
        <span>
          <Trans>Text, in either language</Trans>
        </span>
        <input type="search" value={text} maxLength={100} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" className="button">
        <Trans>Search</Trans>
      </button>
    </form>
  );
}
