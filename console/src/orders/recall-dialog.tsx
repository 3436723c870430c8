import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { useClient } from 'urql';
import { graphql, type ResultOf, type VariablesOf } from '../graphql/graphql.js';
import { newKey, type Refusal, refusalOf, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice, Select } from '../parts/choice.js';
import { FormDialog, ReasonField, RefusalNotice } from '../parts/dialog.js';
import { Loading } from '../parts/page.js';
import type { Subject } from '../parts/subject-name.js';
import { PREVIEW } from './recall-preview.js';
import { SubjectChoice, type SubjectKind } from './subject-choice.js';

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

// A kind that the schema gains and this list lacks does not compile.
const KINDS = Object.keys({ DISH: true, POINT: true, WORDING: true, PROMPT: true } satisfies Record<SubjectKind, true>) as SubjectKind[];

/** What is recalled, as the service is told it. A wording is named by its point, its language and its number. */
function subjectOf(kind: SubjectKind, { subject }: Subject): VariablesOf<typeof PREVIEW>['input'] {
  if (kind === 'DISH') return { dish: subject };
  if (kind === 'PROMPT') return { promptVersion: subject };
  const [point = '', language, wording] = subject.split('/');
  return kind === 'POINT' ? { point } : { point, wording: Number(wording), ...(language !== undefined && { language }) };
}

/** Recalls something once it was seen what that comes to: the order can be given for what was looked at alone. */
export default function RecallDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const client = useClient();
  const [idempotencyKey] = useState(newKey);
  const [kind, setKind] = useState<SubjectKind>('DISH');
  const [what, setWhat] = useState<Subject>();
  const [cause, setCause] = useState<'allergen' | 'other'>('other');
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<Preview | Refusal | 'asked'>();
  const { busy, refusal, give } = useOrder(RECALL);
  const input = what === undefined ? undefined : subjectOf(kind, what);
  const isSeen = typeof preview === 'object' && 'counts' in preview;
  const changed = (change: () => void): void => {
    change();
    setPreview(undefined);
  };
  const look = async (): Promise<void> => {
    if (preview === 'asked' || input === undefined) return;
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
          What is recalled is in no advice that is written from now on. Advice for today and later that holds it is written anew; what
          patients have read stays.
        </Trans>
      }
      submit={t`Recall`}
      disabled={!isSeen}
      onSubmit={() => void send()}
      further={
        <button type="button" className="button" disabled={input === undefined} aria-busy={preview === 'asked'} onClick={() => void look()}>
          <Trans>Look first</Trans>
        </button>
      }
      {...{ onClose, busy, refusal }}
    >
      <Select
        label={t`What is recalled`}
        value={kind}
        onChange={(value) =>
          changed(() => {
            setKind(value);
            setWhat(undefined);
          })
        }
        options={KINDS.map((value) => ({ value, name: name('RecallKind', value) }))}
      />
      <SubjectChoice key={kind} kind={kind} value={what} onChange={(chosen) => changed(() => setWhat(chosen))} />
      <Choice
        label={t`Because of`}
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
      <span>
        {replace > 0 ? (
          <Plural value={replace} one="# row would be written anew." other="# rows would be written anew." />
        ) : past + closed > 0 ? (
          <Trans>No row would be written anew.</Trans>
        ) : (
          <Trans>No saved advice holds it: nothing would be written anew. The recall keeps it out of later advice.</Trans>
        )}
        {past > 0 && <> {<Trans>{count(past)} whose day is over stay as they are.</Trans>}</>}
        {closed > 0 && <> {<Trans>{count(closed)} of closed accounts stay as they are.</Trans>}</>}
      </span>
    </p>
  );
}
