import { type InputHTMLAttributes, type ReactElement, useEffect, useRef, useState } from 'react';

/**
 * A field whose text stands in the address. What is typed stands in the field at once: one that waited for the address would lose the parts of a date, and the
 * letters of a syllable, that come meanwhile. What comes from elsewhere, as with Back, replaces it.
 */
export function TypedInput({
  text,
  onType,
  ...input
}: {
  readonly text: string;
  /** @param amends whether there was a text before, which this one goes on with */
  readonly onType: (text: string, amends: boolean) => void;
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'>): ReactElement {
  const [typed, setTyped] = useState(text);
  /** What was typed and did not come back from the address yet. */
  const sent = useRef<readonly string[]>([]);
  useEffect(() => {
    const at = sent.current.indexOf(text);
    sent.current = at < 0 ? [] : sent.current.slice(at + 1);
    if (at < 0) setTyped(text);
  }, [text]);
  const type = (next: string): void => {
    sent.current = [...sent.current, next];
    setTyped(next);
    onType(next, typed !== '');
  };
  return <input {...input} value={typed} onChange={(event) => type(event.target.value)} />;
}
