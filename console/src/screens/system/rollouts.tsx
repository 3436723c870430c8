import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement, useEffect } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { Opener } from '../../orders/opener.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { usePages } from '../../parts/use-pages.js';
import { RolloutLine } from './rollout-line.js';
import { ROLLOUTS, type Rollout, type Version } from './rollout-query.js';

const StartRolloutDialog = lazy(withTexts(() => import('../../orders/start-rollout-dialog.js')));

/** ms after which it is looked again: no change of a run tells that a rollout began or was stopped. */
const BEAT_MS = 10_000;

/** What links to this part of the screen end with. */
const ANCHOR = 'rollouts';

/** Versions that a share of the patients gets, each beside the version in force. @param settled whether what stands above has its place */
export function Rollouts({ settled }: { readonly settled: boolean }): ReactElement {
  const { t } = useLingui();
  const [pages, turn] = usePages('rollouts');
  const after = pages.at(-1);
  const answer = useLive(ROLLOUTS, after === undefined ? {} : { after }, { runs: true, everyMs: BEAT_MS });
  const candidate = answer.data?.rolloutCandidate;
  useSeen(settled && answer.data !== undefined);
  return (
    <Card
      id={ANCHOR}
      title={<Trans>Staged rollouts</Trans>}
      aside={
        candidate != null && (
          <Opener icon="play" dialog={(close) => <StartRolloutDialog candidate={candidate} onClose={close} />}>
            <Trans>New rollout</Trans>
          </Opener>
        )
      }
    >
      <Answer of={answer}>
        {({ rollouts: { nodes, pageInfo }, rolloutCandidate }) => (
          <>
            <List rollouts={nodes} candidate={rolloutCandidate} isNewest={after === undefined} />
            <Pager pages={pages} pageInfo={pageInfo} onPages={turn} label={t`Pages of the rollouts`} />
          </>
        )}
      </Answer>
    </Card>
  );
}

/** Scrolls to this part where a link led to it, once it is in its place. */
function useSeen(ready: boolean): void {
  useEffect(() => {
    if (ready && location.hash === `#${ANCHOR}`) document.getElementById(ANCHOR)?.scrollIntoView();
  }, [ready]);
}

function List(props: {
  readonly rollouts: readonly Rollout[];
  readonly candidate: Version | null;
  readonly isNewest: boolean;
}): ReactElement {
  const { t } = useLingui();
  const { rollouts, candidate, isNewest } = props;
  if (rollouts.length === 0)
    return (
      <Empty title={<Trans>Nothing is being tried: all patients get the version in force.</Trans>}>
        {candidate === null && (
          <p>
            <Trans>
              No candidate is configured here. Set LLM_CANDIDATE_MODEL, LLM_CANDIDATE_PROMPT or ADVICE_CANDIDATE_DIR for all processes, and
              start them again.
            </Trans>
          </p>
        )}
      </Empty>
    );
  return (
    <ul className="rollouts" aria-label={t`Staged rollouts`}>
      {rollouts.map((rollout, at) => (
        <RolloutLine key={rollout.id} rollout={rollout} isFirst={isNewest && at === 0} />
      ))}
    </ul>
  );
}
