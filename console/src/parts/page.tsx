import { useLingui } from '@lingui/react/macro';
import type { CombinedError } from 'urql';
import { type ReactElement, type ReactNode, useEffect } from 'react';
import { refusalOf } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Icon, type IconName } from './icons.js';

/** A screen: its name as the heading and in the tab, what can be done with the whole of it, and its parts. */
export function Page(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  const { title, lead, actions, children } = props;
  useEffect(() => {
    document.title = `${title} · IBSafe Batch`;
  }, [title]);
  return (
    <main id="main" tabIndex={-1}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {lead !== undefined && <p className="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

/** A part of a screen, with a heading. */
export function Card(props: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly className?: string;
  /** What an address may end with to lead here. */
  readonly id?: string;
  readonly children: ReactNode;
}): ReactElement {
  const { title, aside, className = '', id, children } = props;
  return (
    <section id={id} className={`card ${className}`}>
      {title !== undefined && (
        <header>
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}

/** What stands where there is nothing to show: why, and what can be done. */
export function Empty({
  icon = 'minus',
  title,
  children,
}: {
  readonly icon?: IconName;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <div className="empty">
      <Icon name={icon} size={28} />
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** What stands where an answer is awaited. */
export function Loading({ lines = 3 }: { readonly lines?: number }): ReactElement {
  const { t } = useLingui();
  return (
    <div className="loading" role="status" aria-label={t`Loading`}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="bone" />
      ))}
    </div>
  );
}

/** What stands where an answer could not be had: what happened, and what to do. */
export function Failed({ error, again }: { readonly error: CombinedError; readonly again?: () => void }): ReactElement {
  const { t } = useLingui();
  const { words, language, told } = useWords();
  const refusal = refusalOf(error);
  const { code, message } = refusal;
  const known = words('Problem', code);
  return (
    <div className="failed" role="alert">
      <Icon name={code === 'FORBIDDEN' ? 'minus' : 'failures'} size={22} />
      <div>
        <p>{told(refusal)}</p>
        {code === 'INTERNAL' && <p className="soft">{message}</p>}
        {known.name !== code && language === 'en' && code === 'FORBIDDEN' && <p className="soft">{message}</p>}
      </div>
      {again !== undefined && code !== 'FORBIDDEN' && (
        <button type="button" className="button" onClick={again}>
          {t`Try again`}
        </button>
      )}
    </div>
  );
}

/** The answer of a question, or what stands in its place. A newer answer that cannot be had leaves the last one standing. */
export function Answer<Data>(props: {
  readonly of: { readonly data: Data | undefined; readonly error: CombinedError | undefined; readonly refresh: () => void };
  readonly lines?: number;
  readonly children: (data: Data) => ReactNode;
}): ReactNode {
  const { data, error, refresh } = props.of;
  if (data !== undefined && data !== null) return props.children(data);
  if (error !== undefined) return <Failed error={error} again={refresh} />;
  return <Loading lines={props.lines ?? 4} />;
}
