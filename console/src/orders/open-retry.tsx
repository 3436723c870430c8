import { Trans } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { withTexts } from '../language/language.js';
import { useWords } from '../language/use-words.js';
import { Opener } from './opener.js';

const RetryDialog = lazy(withTexts(() => import('./retry-dialog.js')));

/** Opens the dialog that repeats users of a run: those who failed, or those that the reasons name. */
export function OpenRetry(props: {
  readonly runId: string;
  readonly failed: number;
  readonly reasons?: readonly string[];
  readonly whole?: boolean;
  /** One of many on a screen. */
  readonly quiet?: boolean;
}): ReactElement {
  const { count } = useWords();
  return (
    <Opener icon="retry" look={props.quiet === true ? 'plain' : 'primary'} dialog={(close) => <RetryDialog {...props} onClose={close} />}>
      {props.whole === true ? <Trans>Retry the {count(props.failed)} who failed</Trans> : <Trans>Retry these</Trans>}
    </Opener>
  );
}
