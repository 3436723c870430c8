import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { useClient } from 'urql';
import { graphql, type ResultOf, type VariablesOf } from '../graphql/graphql.js';
import { newKey, type Refusal, refusalOf, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice, Select } from '../parts/choice.js';
import { FormDialog, ReasonField, RefusalNotice } from '../parts/dialog.js';
import { Loading } from '../parts/page.js';
import { PREVIEW } from './recall-preview.js';

const RECALL = graphql(`
  mutation MakeRecall($input: RecallInput!) {
    recall(input: $input) {
      __typename
      ... on RecallAccepted {
        recall {
          id
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

type Preview = Extract<ResultOf<typeof PREVIEW>['recallPreview'], { __typename: 'RecallPreview' }>;

const KINDS = ['DISH', 'POINT', 'WORDING', 'PROMPT'] as const;
type Kind = (typeof KINDS)[number];

/** What is recalled, as the service is told it. */
function subjectOf(kind: Kind, what: string, wording: string): VariablesOf<typeof PREVIEW>['input'] {
  if (kind === 'DISH') return { dish: what };
  if (kind === 'PROMPT') return { promptVersion: what };
  return kind === 'POINT' ? { point: what } : { point: what, wording: Number(wording) };
}

/** Recalls something once it was seen what that comes to: the order can be given for what was looked at alone. */
export default function RecallDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const client = useClient();
  const [idempotencyKey] = useState(newKey);
  const [kind, setKind] = useState<Kind>('DISH');
  const [what, setWhat] = useState('');
  const [wording, setWording] = useState('0');
  const [cause, setCause] = useState<'allergen' | 'other'>('other');
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<Preview | Refusal | 'asked'>();
  const { busy, refusal, give } = useOrder(RECALL);
  const input = subjectOf(kind, what.trim(), wording);
  const isSeen = typeof preview === 'object' && 'counts' in preview;
  const changed = (change: () => void): void => {
    change();
    setPreview(undefined);
  };
  const look = async (): Promise<void> => {
    if (preview === 'asked') return;
    setPreview('asked');
    const { data, error } = await client.query(PREVIEW, { input }, { requestPolicy: 'network-only' }).toPromise();
    setPreview(data?.recallPreview ?? refusalOf(error));
  };
  const send = async (): Promise<void> => {
    const done = await give({
      input: { ...input, allergen: cause === 'allergen', idempotencyKey, ...(reason.trim() !== '' && { reason }) },
    });
    if (done !== undefined) onClose();
  };
  return (
    <FormDialog
      danger
      title={t`New recall`}
      lead={
        <Trans>
          It is in no advice that is written from then on. Advice for today and later that holds it is written anew; what patients have read
          stays.
        </Trans>
      }
      submit={t`Recall`}
      disabled={!isSeen}
      onSubmit={() => void send()}
      further={
        <button
          type="button"
          className="button"
          disabled={what.trim() === '' || (kind === 'WORDING' && wording === '')}
          aria-busy={preview === 'asked'}
          onClick={() => void look()}
        >
          <Trans>Look first</Trans>
        </button>
      }
      {...{ onClose, busy, refusal }}
    >
      <Select
        label={t`What`}
        value={kind}
        onChange={(value) => changed(() => setKind(value))}
        options={KINDS.map((value) => ({ value, name: name('RecallKind', value) }))}
      />
      <div className="field-row">
        <label className="field">
          <span>{kind === 'DISH' ? t`Code of the dish` : kind === 'PROMPT' ? t`Version of the prompt` : t`Id of the point`}</span>
          <input value={what} maxLength={60} required onChange={(event) => changed(() => setWhat(event.target.value))} />
        </label>
        {kind === 'WORDING' && (
          <label className="field">
            <span>{t`Number of the sentence, from 0`}</span>
            <input type="number" min={0} max={99} value={wording} onChange={(event) => changed(() => setWording(event.target.value))} />
          </label>
        )}
      </div>
      <Choice
        label={t`For`}
        value={cause}
        onChange={setCause}
        options={[
          { value: 'allergen', name: t`An allergen`, hint: t`the operators are alerted` },
          { value: 'other', name: t`Another reason` },
        ]}
      />
      <ReasonField value={reason} onChange={setReason} most={500} />
      <PreviewNotice preview={preview} />
    </FormDialog>
  );
}

function PreviewNotice({ preview }: { readonly preview: Preview | Refusal | 'asked' | undefined }): ReactElement | null {
  const { count } = useWords();
  if (preview === undefined) return null;
  if (preview === 'asked') return <Loading lines={1} />;
  if ('code' in preview) return <RefusalNotice refusal={preview} />;
  const { replace, past, closed } = preview.counts;
  return (
    <p className="notice live" role="status">
      <Trans>
        <Plural value={replace} one="# row would be written anew." other="# rows would be written anew." /> {count(past)} whose day is over
        and {count(closed)} of closed accounts stay as they are.
      </Trans>
    </p>
  );
}
