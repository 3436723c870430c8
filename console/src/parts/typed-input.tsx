import { type InputHTMLAttributes, type ReactElement, useEffect, useRef, useState } from 'react';

/**
 * A field whose text stands in the address. What is typed stands in the field at once: one that waited for the address would lose the parts of a date, and the
 * letters of a syllable, that come meanwhile. What comes from elsewhere, as with Back, replaces it.
 */
export function TypedInput({
  text,
  shown = asItIs,
  kept = asItIs,
  onType,
  ...input
}: {
  /** As the address has it. */
  readonly text: string;
  /** How a text of the address is shown where it was not typed here. */
  readonly shown?: (text: string) => string;
  /** What the address has of a text that is typed. */
  readonly kept?: (typed: string) => string;
  /** @param amends whether there was a text before, which this one goes on with */
  readonly onType: (text: string, amends: boolean) => void;
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'>): ReactElement {
  const [typed, setTyped] = useState(() => shown(text));
  /** What was typed and did not come back from the address yet. */
  const sent = useRef<readonly string[]>([]);
  useEffect(() => {
    const at = sent.current.indexOf(text);
    sent.current = at < 0 ? [] : sent.current.slice(at + 1);
    if (at < 0) setTyped(shown(text));
    // In another language what was typed stays as it is.
  }, [text]);
  const type = (next: string): void => {
    const own = kept(next);
    if (own !== (sent.current.at(-1) ?? text)) sent.current = [...sent.current, own];
    setTyped(next);
    onType(own, typed !== '');
  };
  return <input {...input} value={typed} onChange={(event) => type(event.target.value)} />;
}

function asItIs(text: string): string {
  return text;
}
