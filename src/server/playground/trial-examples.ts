import type { ExampleOperation } from './example-operation.js';

/** The playground's tabs on what a run would come to, and what other rules would change. */
export const TRIAL_EXAMPLES: readonly ExampleOperation[] = [
  {
    name: 'Forecast',
    description: [
      'What would a run come to? Users, tokens, cost, time.',
      'Nothing is started. Try program: SLEEP, too.',
      '실행하면 대상, 토큰, 비용, 시간이 얼마일지 봅니다.',
    ],
    query: `query Forecast($input: RunBatchInput) {
  forecast(input: $input) {
    ... on Forecast {
      program
      recordDate
      users
      eligible
      tokensIn
      tokensOut
      costUsd
      seconds
      finishAt
      basis
    }
    ... on Error {
      code
      message
    }
  }
}`,
    variables: { input: { program: 'DAILY' } },
  },
  {
    name: 'ShadowRun',
    description: [
      'A shadow run compares new advice with what is',
      'saved, and writes none. Ask for its report below',
      'once it has ended: run(id) { shadowReport { … } }.',
      '저장하지 않고, 저장된 권고와 비교만 합니다.',
    ],
    query: `mutation ShadowRun {
  runBatch(input: { shadow: true }) {
    ... on RunBatchAccepted {
      run {
        id
        shadow
        shadowReport { compared same withoutSaved byField { field users } }
      }
    }
    ... on Error {
      code
      message
    }
  }
}`,
  },
];
