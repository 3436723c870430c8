import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql } from '../graphql/graphql.js';
import { newKey, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice } from '../parts/choice.js';
import { FormDialog } from '../parts/dialog.js';

const CREATE = graphql(`
  mutation CreateApiKey($name: String!, $role: Role!, $idempotencyKey: String!) {
    createApiKey(name: $name, role: $role, idempotencyKey: $idempotencyKey) {
      __typename
      ... on ApiKeyCreated {
        key
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

type Role = 'VIEWER' | 'REVIEWER' | 'OPERATOR' | 'ADMIN';

/** Makes an API key, and shows it this once: it stands in this dialog alone, and goes with it. */
export default function NewKeyDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useLingui();
  const { name: nameOf } = useWords();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('VIEWER');
  const [made, setMade] = useState<string>();
  const [idempotencyKey] = useState(newKey); // sent again after a lost answer, the same order tells the key
  const { busy, refusal, give } = useOrder(CREATE);
  const send = async (): Promise<void> => {
    const created = await give({ name: name.trim(), role, idempotencyKey });
    if (created !== undefined && 'key' in created) setMade(created.key);
  };
  if (made !== undefined)
    return (
      <FormDialog
        title={t`The key “${name.trim()}”`}
        lead={<Trans>It is shown this once. Keep it where secrets are kept, then close this dialog.</Trans>}
        submit={t`I have kept it`}
        onSubmit={onClose}
        busy={false}
        onClose={onClose}
      >
        <label className="field">
          <span>{t`API key`}</span>
          <input className="mono" readOnly value={made} onFocus={(event) => event.target.select()} />
        </label>
      </FormDialog>
    );
  return (
    <FormDialog
      title={t`New key`}
      lead={<Trans>For a program, or for a person without an account of the organisation.</Trans>}
      submit={t`Make the key`}
      disabled={name.trim() === ''}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <label className="field">
        <span>
          {t`Name`} <em>{t`(required)`}</em>
        </span>
        <input value={name} maxLength={60} spellCheck={false} onChange={(event) => setName(event.target.value)} />
        <small>
          <Trans>What it is for. It stands in the log: no personal data.</Trans>
        </small>
      </label>
      <Choice
        label={t`What it may do`}
        value={role}
        onChange={setRole}
        options={[
          { value: 'VIEWER', name: nameOf('Role', 'VIEWER'), hint: t`reads, health data included` },
          { value: 'REVIEWER', name: nameOf('Role', 'REVIEWER'), hint: t`sees and marks a sample of advice, and nothing else` },
          { value: 'OPERATOR', name: nameOf('Role', 'OPERATOR'), hint: t`also runs batches and changes schedules` },
          { value: 'ADMIN', name: nameOf('Role', 'ADMIN'), hint: t`also deletes, and makes keys` },
        ]}
      />
    </FormDialog>
  );
}
