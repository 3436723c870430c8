import { Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { AdviceTexts } from '../../parts/advice-texts.js';
import { Card } from '../../parts/page.js';
import { Day } from '../../parts/time.js';
import { Difference } from './difference.js';
import type { Advice } from './patient-query.js';

/** An advice as the app shows it, with why each of its texts says what it says, and what changed since the one before. */
export function AdviceView({
  advice,
  before,
  userId,
}: {
  readonly advice: Advice;
  readonly before: string | undefined;
  readonly userId: number;
}): ReactElement {
  return (
    <Card
      title={<Trans>Advice</Trans>}
      aside={
        advice.targetDate !== null && (
          <span className="soft">
            <Trans>
              for <Day date={advice.targetDate} />
            </Trans>
          </span>
        )
      }
      className="advice"
    >
      {before !== undefined && <Difference advice={advice} before={before} userId={userId} />}
      <AdviceTexts advice={advice} />
      {advice.why === null && (
        <p className="hint">
          <Trans>
            Why each sentence was said is not known: this advice is of an earlier release, of the app, or of the batch before this one.
          </Trans>
        </p>
      )}
    </Card>
  );
}
