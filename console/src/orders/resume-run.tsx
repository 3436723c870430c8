import { Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql } from '../graphql/graphql.js';
import { OrderButton } from './order-button.js';

const RESUME = graphql(`
  mutation ResumeRun($runId: UUID!) {
    resumeRun(runId: $runId) {
      __typename
      ... on RunChanged {
        run {
          id
          status
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

/** Lets a paused run go on. */
export function ResumeRun({ runId }: { readonly runId: string }): ReactElement {
  return (
    <OrderButton mutation={RESUME} variables={{ runId }} icon="play" primary>
      <Trans>Resume</Trans>
    </OrderButton>
  );
}
