import { Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Answer, Card } from '../../parts/page.js';
import { type Progress, PROGRESS } from './signing-query.js';

/** How much is signed, by kind, and what that comes to here. */
export function SigningProgress(): ReactElement {
  const answer = useLive(PROGRESS, {});
  return (
    <Card title={<Trans>How much is signed</Trans>}>
      <Answer of={answer}>{({ signingProgress }) => <Figures progress={signingProgress} />}</Answer>
    </Card>
  );
}

function Figures({ progress: { counts, onlySigned } }: { readonly progress: Progress }): ReactElement {
  const { name, count } = useWords();
  return (
    <>
      <dl className="signing-progress">
        {counts.map(({ kind, all, signed, changed }) => (
          <div key={kind}>
            <dt>{name('SignableKind', kind)}</dt>
            <dd>
              <progress value={signed} max={all} aria-label={name('SignableKind', kind)} />
              <span>
                <Trans>
                  {count(signed)} of {count(all)}
                </Trans>
                {changed > 0 && (
                  <>
                    {' · '}
                    <Trans>{count(changed)} changed since they were signed</Trans>
                  </>
                )}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft">
        {onlySigned ? (
          <Trans>Advice is made of what is signed alone. A signature or its withdrawal counts at once.</Trans>
        ) : (
          <Trans>Advice is made of all rows here, signed or not. Signatures change it where ADVICE_ONLY_REVIEWED is true.</Trans>
        )}
      </p>
    </>
  );
}
