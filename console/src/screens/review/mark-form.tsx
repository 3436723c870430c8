import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';
import { newKey, useOrder } from '../../graphql/use-order.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Choice } from '../../parts/choice.js';
import { ReasonField, RefusalNotice } from '../../parts/dialog.js';
import { type Draft, inputOf, meantBy, NOTHING_SAID, type Verdict } from './draft.js';
import { MARK, type Marked, type Row } from './review-query.js';
import { Ticks } from './ticks.js';
import { WhatFollows } from './what-follows.js';

const MarkDialog = lazy(withTexts(() => import('../../orders/mark-dialog.js')));

const VERDICTS = ['FINE', 'UNCLEAR', 'WRONG', 'HARMFUL'] as const;

/** Where a reviewer says what they think of a row. It tells beforehand what that does, and asks before advice is changed. */
export function MarkForm({ row, onMarked }: { readonly row: Row; readonly onMarked: (mark: Marked) => void }): ReactElement {
  const { t } = useLingui();
  const { name, words } = useWords();
  const [draft, setDraft] = useState(NOTHING_SAID);
  const [isAsking, setAsking] = useState(false);
  const [idempotencyKey] = useState(newKey);
  const { busy, refusal, give } = useOrder(MARK);
  const meant = meantBy(draft);
  const change = (next: Partial<Draft>): void => setDraft({ ...draft, ...next });
  const send = async (): Promise<void> => {
    const { verdict } = draft;
    if (verdict === '' || busy) return;
    const done = await give({ input: inputOf(row, { ...draft, verdict }, idempotencyKey) });
    if (done !== undefined && 'mark' in done) onMarked(done.mark);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!meant.isComplete) return;
    if (meant.turnOff || meant.recall) setAsking(true);
    else void send();
  };
  // The dialog stands beside the form: what is sent in it would be sent from the form, too.
  return (
    <>
      <form className="mark-form" onSubmit={submit} noValidate aria-label={t`Your mark`}>
        <h3>
          <Trans>Your mark</Trans>
        </h3>
        <Choice<Verdict | ''>
          label={t`Verdict`}
          value={draft.verdict}
          onChange={(verdict) => change({ verdict })}
          options={VERDICTS.map((value) => ({ value, name: name('MarkVerdict', value), hint: words('MarkVerdict', value).means }))}
        />
        <Ticks {...{ row, draft, onChange: change }} />
        {meant.isBad && <Deeds {...{ draft, onChange: change }} />}
        <ReasonField label={t`Note`} value={draft.note} onChange={(note) => change({ note })} most={500} />
        <WhatFollows draft={draft} row={row} />
        {refusal !== undefined && !isAsking && <RefusalNotice refusal={refusal} />}
        <div className="mark-send">
          <button
            type="submit"
            className={meant.turnOff || meant.recall ? 'button danger' : 'button primary'}
            disabled={!meant.isComplete}
            aria-busy={busy}
          >
            {meant.turnOff || meant.recall ? <Trans>Mark it, and change advice…</Trans> : <Trans>Mark it</Trans>}
          </button>
        </div>
      </form>
      {isAsking && (
        <Suspense fallback={null}>
          <MarkDialog {...{ draft, row, busy, refusal }} onSubmit={() => void send()} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

/** What is to follow of a bad mark. */
function Deeds({ draft, onChange }: { readonly draft: Draft; readonly onChange: (next: Partial<Draft>) => void }): ReactElement {
  const { t } = useLingui();
  const named = draft.points.length + draft.dishes.length;
  return (
    <fieldset className="ticks">
      <legend>{t`What is to follow`}</legend>
      <Tick checked={draft.turnOff} disabled={draft.points.length === 0} onChange={(turnOff) => onChange({ turnOff })}>
        <Trans>Turn the points off</Trans>
        <small>{draft.points.length === 0 ? t`name a point first` : t`no advice is written with them from now on`}</small>
      </Tick>
      <Tick checked={draft.recall} disabled={named !== 1} onChange={(recall) => onChange({ recall })}>
        <Trans>Recall it</Trans>
        <small>{named === 1 ? t`advice for today and later that holds it is written anew` : t`name exactly one point or dish first`}</small>
      </Tick>
      {draft.recall && named === 1 && (
        <Tick checked={draft.allergen} onChange={(allergen) => onChange({ allergen })}>
          <Trans>The recall is for an allergen</Trans>
          <small>{t`the operators are alerted`}</small>
        </Tick>
      )}
    </fieldset>
  );
}

function Tick(props: {
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}): ReactElement {
  const { checked, disabled = false, onChange, children } = props;
  return (
    <label className="tick">
      <input type="checkbox" checked={checked && !disabled} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
