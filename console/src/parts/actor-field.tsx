import { useLingui } from '@lingui/react/macro';
import { type ReactElement, useId } from 'react';
import { ownActors } from '../language/language.js';
import { useWords } from '../language/use-words.js';
import { actorName, ownActorNamed } from './actor-name.js';
import { TypedInput } from './typed-input.js';

/** A filter by actor: typed by the name that is shown or as the log has it, and kept as the log has it, which is the same in every language. */
export function ActorField({
  text,
  onType,
}: {
  readonly text: string;
  readonly onType: (text: string, amends: boolean) => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const list = useId();
  return (
    <label className="field">
      <span>{t`Who`}</span>
      <TypedInput
        text={text}
        shown={actorName}
        kept={ownActorNamed}
        list={list}
        placeholder={name('Caller', 'scheduler')}
        spellCheck={false}
        autoCapitalize="none"
        onType={onType}
      />
      <datalist id={list}>
        {ownActors().map((actor) => (
          <option key={actor} value={actorName(actor)} />
        ))}
      </datalist>
    </label>
  );
}
