import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Icon } from '../../parts/icons.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { useKept } from '../../parts/use-pages.js';
import { Marks } from './marks.js';
import { type Marked, type Row, SAMPLE } from './review-query.js';
import { RowCard } from './row-card.js';
import { Switches } from './switches.js';
import '../../style/screens.css';
import '../../style/review.css';

/** Rows at a time: each comes with all of its reasons. */
const STEP = 3;
/** More in one answer cost more than the service takes. Marked rows make room for others. */
const MAX_ROWS = 15;

/** What a clinician looks at after advice was written: rows by risk, what was said of rows, and the points that are off. */
export function Review(): ReactElement {
  const { t } = useLingui();
  const [first, setFirst] = useKept('sample', STEP);
  const [done, setDone] = useState<Marked>();
  const answer = useLive(SAMPLE, { first, korean: useWords().language === 'ko' });
  // While more rows are fetched the others stay, and with them what is being written of one.
  const [kept, keep] = useState(answer.data);
  if (answer.data !== undefined && answer.data !== kept) keep(answer.data);
  const data = answer.data ?? kept;
  const rows = data?.reviewSample.rows ?? [];
  return (
    <Page
      title={t`Review`}
      lead={<Trans>Advice of the last nights that is worth a look. No patient waits for it.</Trans>}
      actions={
        <Link to="/review/signing" className="button">
          <Trans>Sign what advice is made of</Trans>
        </Link>
      }
    >
      <div role="status">{done !== undefined && <Done mark={done} />}</div>
      <div className="stack">
        <Answer of={{ ...answer, data }} lines={10}>
          {({ reviewSample }) => <Rows rows={reviewSample.rows} chosenFrom={reviewSample.chosenFrom} onMarked={setDone} />}
        </Answer>
        {rows.length === first && first < MAX_ROWS && (
          <p>
            <button
              type="button"
              className="button"
              disabled={answer.fetching}
              aria-busy={answer.fetching}
              onClick={() => setFirst(first + STEP)}
            >
              <Trans>Show {STEP} more</Trans>
            </button>
          </p>
        )}
        {rows.length === MAX_ROWS && (
          <p className="soft">
            <Trans>No more than {MAX_ROWS} rows are shown at a time: each row that is marked makes room for another.</Trans>
          </p>
        )}
        <Switches />
        <Marks />
      </div>
    </Page>
  );
}

function Rows(props: {
  readonly rows: readonly Row[];
  readonly chosenFrom: number;
  readonly onMarked: (mark: Marked) => void;
}): ReactElement {
  const { t } = useLingui();
  const { count } = useWords();
  const { rows, chosenFrom, onMarked } = props;
  const [opened, setOpened] = useState<string | null>();
  if (rows.length === 0)
    return (
      <Card>
        <Empty icon="check" title={<Trans>There is nothing to look at.</Trans>}>
          <p>
            {chosenFrom === 0 ? (
              <Trans>No advice of the last three nights stands. The sample fills with the next run.</Trans>
            ) : (
              <Trans>Every row of the sample was marked.</Trans>
            )}
          </p>
        </Empty>
      </Card>
    );
  // The first is open until another is chosen; so is the next one after a mark.
  const open = opened === undefined || (opened !== null && !rows.some(({ id }) => id === opened)) ? rows[0]?.id : opened;
  return (
    <section aria-label={t`Rows to look at`} className="stack">
      <p className="soft">
        <Trans>
          {count(rows.length)} of <Plural value={chosenFrom} one="# row" other="# rows" />, the greatest risk first. Each look is recorded.
        </Trans>
      </p>
      <ol className="stack review-rows">
        {rows.map((row, at) => (
          <li key={row.id}>
            <RowCard
              {...{ row, onMarked }}
              place={at + 1}
              isOpen={row.id === open}
              onToggle={() => setOpened(row.id === open ? null : row.id)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Done({ mark }: { readonly mark: Marked }): ReactElement {
  const { name } = useWords();
  const { verdict, recall } = mark;
  const subject = recall === null ? '' : (recall.dishName ?? name('PointName', recall.subject));
  return (
    <p className="notice good review-done">
      <Icon name="check" size={18} />
      <span>
        <Trans>Marked: {name('MarkVerdict', verdict)}.</Trans> {recall !== null && <Trans>The recall of {subject} has begun.</Trans>}
      </span>
    </p>
  );
}
