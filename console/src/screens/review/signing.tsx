import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Icon } from '../../parts/icons.js';
import { Answer, Card, Empty, Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { NEWEST, type Pages, useKept } from '../../parts/use-pages.js';
import { SigningFilter } from './signing-filter.js';
import { SigningProgress } from './signing-progress.js';
import { SigningOrders } from './signing-orders.js';
import { SigningRow } from './signing-row.js';
import { type Filter, ROWS, type Row } from './signing-query.js';
import '../../style/screens.css';
import '../../style/review.css';

/** What changed last: signed, or withdrawn. */
interface Done {
  readonly signed: boolean;
  readonly changed: number;
}

/** What of the rows is shown. */
const OPEN: { readonly filter: Filter; readonly pages: Pages } = { filter: { states: ['UNSIGNED', 'CHANGED'] }, pages: NEWEST };

/** Points, wordings, dishes and ingredients as they are now, to be read and signed. */
export function Signing(): ReactElement {
  const { t } = useLingui();
  const [shown, keep] = useKept('rows', OPEN);
  const { filter, pages } = shown;
  const [done, setDone] = useState<Done>();
  const after = pages.at(-1);
  const answer = useLive(ROWS, { filter, ...(after !== undefined && { after }) });
  const show = (next: Partial<typeof OPEN>): void => {
    keep({ ...shown, ...next });
    setDone(undefined);
  };
  return (
    <Page
      title={t`Signing`}
      lead={<Trans>What advice is made of, as it is now. A signature is for exactly what you see here.</Trans>}
      actions={
        <Link to="/review" className="button">
          <Trans>To the review of advice</Trans>
        </Link>
      }
    >
      <div className="stack">
        <SigningProgress />
        <SigningFilter filter={filter} onFilter={(next) => show({ filter: next, pages: NEWEST })} />
        <div role="status">{done !== undefined && <DoneNotice done={done} />}</div>
        <Answer of={answer} lines={10}>
          {({ signableRows: { nodes, totalCount, pageInfo } }) => (
            <>
              <Rows key={after ?? ''} rows={nodes} total={totalCount} onDone={setDone} />
              <Pager
                {...{ pages, pageInfo }}
                onPages={(next) => show({ pages: next })}
                label={t`Pages of rows to sign`}
                names={[t`Previous`, t`Next page`]}
              />
            </>
          )}
        </Answer>
      </div>
    </Page>
  );
}

function Rows(props: { readonly rows: readonly Row[]; readonly total: number; readonly onDone: (done: Done) => void }): ReactElement {
  const { t } = useLingui();
  const { count } = useWords();
  const { rows, total, onDone } = props;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  if (rows.length === 0)
    return (
      <Card>
        <Empty icon="check" title={<Trans>No row is as you ask.</Trans>} />
      </Card>
    );
  const chosen = rows.filter(({ id }) => ticked.has(id));
  const isAll = chosen.length === rows.length;
  const tick = (id: string): void =>
    setTicked(ticked.has(id) ? new Set([...ticked].filter((each) => each !== id)) : new Set([...ticked, id]));
  return (
    <section aria-label={t`Rows to sign`} className="stack">
      <div className="signing-bar">
        <label className="tick">
          <input type="checkbox" checked={isAll} onChange={() => setTicked(new Set(isAll ? [] : rows.map(({ id }) => id)))} />
          <span>
            <Trans>All {count(rows.length)} on this page</Trans>
          </span>
        </label>
        <span className="soft">
          <Trans>
            {count(chosen.length)} chosen; <Plural value={total} one="# row" other="# rows" /> in all
          </Trans>
        </span>
        <SigningOrders
          rows={chosen}
          onDone={(signed, changed) => {
            setTicked(new Set());
            onDone({ signed, changed });
          }}
        />
      </div>
      <ul className="stack signing-rows">
        {rows.map((row) => (
          <li key={row.id}>
            <SigningRow row={row} isTicked={ticked.has(row.id)} onTick={() => tick(row.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DoneNotice({ done: { signed, changed } }: { readonly done: Done }): ReactElement {
  const { count } = useWords();
  return (
    <p className="notice good">
      <Icon name="check" size={18} />
      <span>{signed ? <Trans>Rows signed: {count(changed)}.</Trans> : <Trans>Signatures withdrawn: {count(changed)}.</Trans>}</span>
    </p>
  );
}
