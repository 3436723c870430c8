import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactElement, useEffect, useState } from 'react';
import { graphql } from '../../graphql/graphql.js';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { OpenRunNow } from '../../orders/open-run-now.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { usePages } from '../../parts/use-pages.js';
import { RUN_LINE } from '../../runs/run-line.js';
import { BACKFILL_IN_FEED } from './backfill-row.js';
import { Bulk } from './bulk.js';
import { RunFilters } from './run-filters.js';
import { RunTable } from './run-table.js';
import { backfillsAmong, filterOf } from './runs-filter.js';
import { type RunsSearch, withoutNothing } from './runs-search.js';
import '../../style/screens.css';

const RUNS = graphql(
  `
    query Runs($filter: RunFilterInput, $after: String, $language: Language!) {
      runs(first: 30, filter: $filter, after: $after) {
        nodes {
          ...RunLine
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      backfills(first: 20) {
        nodes {
          ...BackfillInFeed
        }
      }
    }
  `,
  [RUN_LINE, BACKFILL_IN_FEED],
);

/** All runs, newest first, live: filters stand in the address, and several can be retried or cancelled at once. */
export function Runs(): ReactElement {
  const { t } = useLingui();
  const language = useWords().language === 'ko' ? 'KO' : 'EN';
  const search = withoutNothing(useSearch({ from: '/runs' }));
  const navigate = useNavigate({ from: '/runs' });
  const key = JSON.stringify(search);
  const [pages, turn] = usePages('runs');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setChosen(new Set()), [key]);
  const after = pages.at(-1);
  const answer = useLive(RUNS, { filter: filterOf(search), language, ...(after !== undefined && { after }) }, { runs: true });
  const change = (next: RunsSearch, amends = false): void => void navigate({ search: next, replace: amends, resetScroll: false });
  return (
    <Page title={t`Runs`} actions={<OpenRunNow />}>
      <RunFilters search={search} onChange={change} />
      <Answer of={answer} lines={10}>
        {({ runs: { nodes, pageInfo }, backfills }) => (
          <>
            <Bulk runs={nodes.filter(({ id }) => chosen.has(id))} onDone={() => setChosen(new Set())} />
            {nodes.length === 0 ? (
              <Card>
                <Empty icon="runs" title={key === '{}' ? <Trans>There has been no run yet.</Trans> : <NoneFits {...search} />}>
                  {key !== '{}' && (
                    <button type="button" className="button" onClick={() => change({})}>
                      <Trans>Take the filters away</Trans>
                    </button>
                  )}
                </Empty>
              </Card>
            ) : (
              <RunTable
                runs={nodes}
                backfills={backfillsAmong(search, backfills.nodes)}
                isFirst={after === undefined}
                isLast={!pageInfo.hasNextPage}
                chosen={chosen}
                onChoose={setChosen}
              />
            )}
            <Pager pages={pages} pageInfo={pageInfo} onPages={turn} />
          </>
        )}
      </Answer>
    </Page>
  );
}

/** Why a list with filters is empty: days that are the wrong way round fit nothing, whatever was run. */
function NoneFits({ from, to }: RunsSearch): ReactElement {
  if (from !== undefined && to !== undefined && from > to)
    return <Trans>The first day of records lies after the last one: nothing can fit. Change one of them.</Trans>;
  return <Trans>No run fits these filters.</Trans>;
}
