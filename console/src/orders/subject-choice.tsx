import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useEffect, useState } from 'react';
import { graphql, type VariablesOf } from '../graphql/graphql.js';
import { useAsked } from '../graphql/use-asked.js';
import { refusalOf } from '../graphql/use-order.js';
import type { Language } from '../language/language.js';
import { useWords } from '../language/use-words.js';
import { Choice } from '../parts/choice.js';
import { RefusalNotice } from '../parts/dialog.js';
import { Loading } from '../parts/page.js';
import { type Subject, subjectName } from '../parts/subject-name.js';

const SUBJECTS = graphql(`
  query RecallSubjects($kind: RecallKind!, $search: String, $first: Int!) {
    recallSubjects(kind: $kind, search: $search, first: $first) {
      subject
      nameKo
      nameEn
    }
  }
`);
export type SubjectKind = VariablesOf<typeof SUBJECTS>['kind'];

/** How many are shown: a list that is read at one look. */
const MAX_SHOWN = 8;
/** After this many ms without a key it is searched. */
const TYPED_MS = 200;

/** One of all that advice is made of, found by its name or code in either language. An older version of the prompt is chosen by typing it whole. */
export function SubjectChoice(props: {
  readonly kind: SubjectKind;
  readonly value: Subject | undefined;
  readonly onChange: (value: Subject | undefined) => void;
}): ReactElement {
  const { t } = useLingui();
  const { language, name } = useWords();
  const { kind, value, onChange } = props;
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const { data, error } = useAsked({ query: SUBJECTS, variables: { kind, search, first: MAX_SHOWN + 1 } });
  const found = data?.recallSubjects;
  const typed = kind === 'PROMPT' && search !== '' && found?.length === 0 ? [{ subject: search, nameKo: search, nameEn: search }] : [];
  const listed = [...(found?.slice(0, MAX_SHOWN) ?? []), ...typed];
  // What was chosen stays in sight while another is looked for.
  const shown = value === undefined || listed.some(({ subject }) => subject === value.subject) ? listed : [value, ...listed];
  return (
    <div className="subject-choice">
      <label className="field">
        <span>{t`Find by name or code`}</span>
        <input type="search" value={text} maxLength={60} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </label>
      {shown.length > 0 && (
        <Choice
          label={name('RecallKind', kind)}
          value={value?.subject ?? ''}
          onChange={(chosen) => onChange(shown.find(({ subject }) => subject === chosen))}
          options={shown.map((each) => ({ value: each.subject, name: subjectName(each, language), hint: hintOf(each, language) }))}
        />
      )}
      <p className="soft" role="status">
        {found?.length === 0 && typed.length === 0 && <Trans>Nothing is called so.</Trans>}
        {(found?.length ?? 0) > MAX_SHOWN && <Trans>There are more: type more of the name.</Trans>}
      </p>
      {found === undefined && error === undefined && <Loading lines={2} />}
      {error !== undefined && <RefusalNotice refusal={refusalOf(error)} />}
    </div>
  );
}

/** The code and the name in the other language, as far as they say more. */
function hintOf(of: Subject, language: Language): string | undefined {
  const own = subjectName(of, language);
  const other = subjectName(of, language === 'ko' ? 'en' : 'ko');
  const more = [...new Set([other, of.subject])].filter((text) => text !== own && !text.includes('“'));
  return more.length === 0 ? undefined : more.join(' · ');
}

/** A text once nothing was typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
