import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { newKey, useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Choice } from '../parts/choice.js';
import { FormDialog, ReasonField } from '../parts/dialog.js';
import { FIRST_PROGRAM, isOfSameDay, PROGRAMS } from '../parts/programs.js';
import type { Version } from '../screens/system/rollout-query.js';
import { inputOf, isShare, isWhole, type RolloutFields, START } from './rollout-fields.js';
import { RolloutLimits } from './rollout-limits.js';
import { ShareField } from './share-field.js';

const NEW: RolloutFields = { program: FIRST_PROGRAM, share: '5', reason: '', against: '', seed: '', limits: {} };

/** Gives a share of the patients what is configured to be tried, after saying what that is. */
export default function StartRolloutDialog(props: { readonly candidate: Version; readonly onClose: () => void }): ReactElement {
  const { candidate, onClose } = props;
  const { t } = useLingui();
  const { name } = useWords();
  const [idempotencyKey] = useState(newKey);
  const [fields, setFields] = useState(NEW);
  const { busy, refusal, give } = useOrder(START);
  const set = (part: Partial<RolloutFields>): void => setFields((now) => ({ ...now, ...part }));
  const send = async (): Promise<void> => {
    if ((await give({ input: inputOf(fields, idempotencyKey) })) !== undefined) onClose();
  };
  const share = isShare(fields.share) ? fields.share : '…';
  return (
    <FormDialog
      title={t`New rollout`}
      lead={
        <p>
          <Trans>
            From the next part of any run on, {share} % of the patients get their advice from the candidate:{' '}
            <b>{candidate.model ?? name('GeneratorName', candidate.generator)}</b>, {candidate.promptVersion ?? ''} {candidate.vocabulary}.
            They are the same patients every night. It stops by itself where it is worse than its limits allow.
          </Trans>
        </p>
      }
      submit={t`Start it`}
      disabled={!isWhole(fields)}
      onSubmit={() => void send()}
      {...{ onClose, busy, refusal }}
    >
      <Choice
        label={t`Program`}
        value={fields.program}
        onChange={(program) => set({ program })}
        options={PROGRAMS.map((value) => ({
          value,
          name: name('ProgramName', value),
          hint: isOfSameDay(value) ? t`for the day of the records` : t`for the day after the records`,
        }))}
      />
      <ShareField value={fields.share} onChange={(next) => set({ share: next })} />
      <ReasonField value={fields.reason} onChange={(reason) => set({ reason })} most={500} />
      <RolloutLimits fields={fields} set={set} />
    </FormDialog>
  );
}
