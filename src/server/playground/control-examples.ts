import { LATEST_RUN_ID, type ExampleOperation } from './example-operation.js';

/** The playground's tabs on stopping, repeating and extending runs. */
export const CONTROL_EXAMPLES: readonly ExampleOperation[] = [
  {
    name: 'StopRun',
    description: [
      'Cancel a run. One that has ended is refused:',
      'the answer says so. pauseRun(runId, reason) and',
      'resumeRun(runId) look the same.',
      '실행을 취소합니다. 끝난 실행은 거절됩니다.',
    ],
    query: `mutation StopRun($runId: UUID!) {
  cancelRun(runId: $runId, reason: "tried in the playground") {
    ... on RunChanged {
      run { id status cancelRequestedAt }
    }
    ... on Error {
      code
      message
    }
  }
}`,
    variables: { runId: LATEST_RUN_ID },
  },
  {
    name: 'RetryRun',
    description: [
      'Repeat users of a run as a new run linked to it:',
      'those that failed, were skipped for a reason,',
      'or were cancelled.',
      '실행의 일부 사용자를 새 실행으로 다시 처리합니다.',
    ],
    query: `mutation RetryRun($input: RetryRunInput!) {
  retryRun(input: $input) {
    ... on RunBatchAccepted {
      run {
        id
        parent { id status }
        retry { outcomes reasons }
      }
    }
    ... on Error {
      code
      message
    }
  }
}`,
    variables: { input: { runId: LATEST_RUN_ID, reasons: ['MISSING_FOOD_RECORD'] } },
  },
  {
    name: 'Backfills',
    description: [
      'Runs over past days, and where each day stands.',
      'The mutation `backfill` makes one.',
      '지난 날짜들의 실행 상태입니다.',
    ],
    query: `query Backfills {
  backfills(first: 3) {
    nodes {
      id
      status
      from
      to
      order
      maxActiveRuns
      dates { recordDate status code run { id } }
    }
  }
}`,
  },
];
