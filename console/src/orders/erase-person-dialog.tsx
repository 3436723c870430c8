import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { graphql, type ResultOf } from '../graphql/graphql.js';
import { useLive } from '../graphql/use-live.js';
import { useOrder } from '../graphql/use-order.js';
import { FormDialog } from '../parts/dialog.js';
import { Answer } from '../parts/page.js';

const PREVIEW = graphql(`
  query ErasurePreview($userId: Int!) {
    erasurePreview(userId: $userId) {
      name
      hasAccount
      isKnown
      outcomes
      runs
      reads
      textCount
      texts
      activeRunId
      interventions
      monthsNotCovered
    }
  }
`);
type Preview = ResultOf<typeof PREVIEW>['erasurePreview'];

const ERASE = graphql(`
  mutation ErasePerson($userId: Int!, $name: String!) {
    erasePerson(userId: $userId, name: $name) {
      __typename
      ... on PersonErased {
        known
        reads
        reasons
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Forgets a person for good, after saying what goes and what stays, and once the name of the account was typed. */
export default function ErasePersonDialog(props: {
  readonly userId: number;
  readonly onErased: () => void;
  readonly onClose: () => void;
}): ReactElement {
  const { userId, onErased, onClose } = props;
  const { t } = useLingui();
  const [name, setName] = useState('');
  const answer = useLive(PREVIEW, { userId });
  const { busy, refusal, give } = useOrder(ERASE);
  const send = async (): Promise<void> => {
    if ((await give({ userId, name })) === undefined) return;
    onErased();
    onClose();
  };
  return (
    <FormDialog
      danger
      title={t`Erase patient ${userId}`}
      lead={<Trans>What leads from this person to what happened to them is erased for good. It cannot be brought back.</Trans>}
      submit={t`Erase for good`}
      disabled={name.trim() === ''}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <Answer of={answer} lines={5}>
        {({ erasurePreview }) => (
          <>
            <Lost {...erasurePreview} />
            <label className="field">
              <span>
                {erasurePreview.hasAccount
                  ? t`Type the name of the account: ${erasurePreview.name}`
                  : t`Type the number: ${erasurePreview.name}`}
              </span>
              <input
                className="mono"
                value={name}
                spellCheck={false}
                autoCapitalize="none"
                autoComplete="off"
                onChange={(event) => setName(event.target.value)}
              />
            </label>
          </>
        )}
      </Answer>
    </FormDialog>
  );
}

function Lost({
  hasAccount,
  isKnown,
  outcomes,
  runs,
  reads,
  textCount,
  texts,
  activeRunId,
  interventions,
  monthsNotCovered,
}: Preview): ReactElement {
  return (
    <>
      {activeRunId !== null && (
        <p className="notice bad">
          <span>
            <Trans>A run that covers this person has not ended. Nothing can be erased until then:</Trans>{' '}
            <Link to="/runs/$runId" params={{ runId: activeRunId }}>
              <Trans>To the run</Trans>
            </Link>
          </span>
        </p>
      )}
      <h3>
        <Trans>What is erased</Trans>
      </h3>
      <ul>
        <li>
          {isKnown ? (
            <Trans>
              what leads to <Plural value={outcomes} one="# outcome" other="# outcomes" /> of{' '}
              <Plural value={runs} one="# run" other="# runs" />; these stay in all counts
            </Trans>
          ) : (
            <Trans>no outcome and no run: the service knows none of this person</Trans>
          )}
        </li>
        <li>
          <Plural value={reads} one="# look at this person" other="# looks at this person" />
        </li>
        {textCount > 0 && (
          <li>
            <Plural
              value={textCount}
              one="# reason by an operator that names the person:"
              other="# reasons by operators that name the person:"
            />
            <ul>
              {texts.map((text, at) => (
                <li key={at}>{text}</li>
              ))}
            </ul>
          </li>
        )}
      </ul>
      <h3>
        <Trans>What stays</Trans>
      </h3>
      <ul>
        <li>
          <Trans>
            IBSafe’s own data, with <Plural value={interventions} one="# row" other="# rows" /> of advice
          </Trans>
        </li>
        {hasAccount && (
          <li>
            <Trans>the account: a later run knows the person anew, unless it is closed in IBSafe</Trans>
          </li>
        )}
        <li>
          <Trans>dumps and copies of the database from before</Trans>
        </li>
        {monthsNotCovered.length > 0 && (
          <li>
            <Trans>archives from before persons left the log: {monthsNotCovered.join(', ')}</Trans>
          </li>
        )}
      </ul>
    </>
  );
}
