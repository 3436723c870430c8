import { CONTROL_EXAMPLES } from './control-examples.js';
import { LATEST_RUN_ID, type ExampleOperation } from './example-operation.js';
import { SCHEDULE_EXAMPLES } from './schedule-examples.js';
import { TRIAL_EXAMPLES } from './trial-examples.js';

export { LATEST_RUN_ID, type ExampleOperation } from './example-operation.js';

/** How the playground finds the latest run: the first UUID in the answer. */
export const LATEST_RUN_QUERY = 'query LatestRun { runs(first: 1) { edges { node { id } } } }';

/** What a newcomer finds in the playground, in the order of the tabs: look, start, watch, ask why, stop and repeat, then the schedules. */
export const EXAMPLE_OPERATIONS: readonly ExampleOperation[] = [
  {
    name: 'LatestRuns',
    description: ['The latest runs, newest first.', 'Press Ctrl+Enter (⌘+Enter) to ask.', '최근 실행 목록입니다. Ctrl+Enter로 실행하세요.'],
    query: `query LatestRuns {
  runs(first: 5) {
    nodes {
      id
      status
      trigger
      program
      recordDate
      progress { percent roster generated skipped failed }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
  {
    name: 'RunBatch',
    description: [
      'Start a run. A dry run judges and generates,',
      'but writes no advice. A refusal is an answer,',
      'not an error: try it twice in a row.',
      '배치를 실행합니다. dryRun이면 저장하지 않습니다.',
      '거절도 오류가 아니라 결과로 돌아옵니다.',
    ],
    query: `mutation RunBatch($input: RunBatchInput) {
  runBatch(input: $input) {
    __typename
    ... on RunBatchAccepted {
      repeated
      run { id status recordDate }
    }
    ... on Error {
      code
      message
    }
  }
}`,
    variables: { input: { dryRun: true } },
  },
  {
    name: 'WatchProgress',
    description: ['Follow a run live: first its present state,', 'then every change.', '실행 진행 상황을 실시간으로 봅니다.'],
    query: `subscription WatchProgress($runId: UUID!) {
  batchProgress(runId: $runId) {
    status
    percent
    roster
    generated
    skipped
    failed
    usersPerSecond
    secondsLeft
  }
}`,
    variables: { runId: LATEST_RUN_ID },
  },
  {
    name: 'WatchRuns',
    description: [
      'All runs at once: those under way, then every run',
      'that is asked for, changes or ends. Start one beside it.',
      '모든 실행의 상태 변화를 실시간으로 봅니다.',
    ],
    query: `subscription WatchRuns {
  runsChanged {
    id
    status
    trigger
    recordDate
    pausedReason
    cancelRequestedAt
    endedAt
    progress { percent roster generated skipped failed }
  }
}`,
  },
  {
    name: 'OneRun',
    description: [
      'One run: how far it is, and what became of',
      'each user. A skip names what was missing.',
      '한 번의 실행: 진행률과 사용자별 결과,',
      '그리고 건너뛴 이유.',
    ],
    query: `query OneRun($id: UUID!) {
  run(id: $id) {
    status
    recordDate
    schedule { name description }
    progress { percent roster generated skipped failed reasons { reason users } }
    outcomes(first: 10) {
      nodes { userId outcome skipReasons failureCode attempts }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
    variables: { id: LATEST_RUN_ID },
  },
  {
    name: 'Interventions',
    description: ['The advice itself, as IBSafe shows it.', '사용자에게 보이는 중재 권고 내용입니다.'],
    query: `query Interventions($userId: Int!) {
  interventions(filter: { userIds: [$userId] }, first: 3) {
    nodes { recordDate targetDate dietEvaluation dietTarget exerciseEvaluation exerciseTarget }
  }
}`,
    variables: { userId: 1 },
  },
  {
    name: 'WhyNoAdvice',
    description: ['Why did this user get no advice on that day?', '이 사용자는 왜 그날 권고를 받지 못했을까요?'],
    query: `query WhyNoAdvice($userId: Int!) {
  userTimeline(userId: $userId) {
    days {
      recordDate
      verdict
      explanation
      explanationKo
      entries {
        run { id trigger }
        outcome { outcome skipReasons failureCode }
      }
    }
  }
}`,
    variables: { userId: 1 },
  },
  {
    name: 'RunLog',
    description: [
      'What happened in a run, as it was recorded:',
      'past events first, then live.',
      '실행 중 기록된 이벤트를 순서대로 봅니다.',
    ],
    query: `subscription RunLog($runId: UUID!) {
  runEvents(runId: $runId) {
    type
    version
    recordedAt
    data
  }
}`,
    variables: { runId: LATEST_RUN_ID },
  },
  ...TRIAL_EXAMPLES,
  ...CONTROL_EXAMPLES,
  ...SCHEDULE_EXAMPLES,
  {
    name: 'SystemStatus',
    description: ['Is everything up, and does the work keep pace?', '시스템 상태: 저장소, 워커, 레인, 지연.'],
    query: `query SystemStatus {
  systemStatus {
    version
    database { kind ok problem }
    jobStore { kind ok problem }
    log { events lagMs }
    activeRuns
    queuedJobs
    busyLanes
    workers { host pid roles lanes chunks { runId chunk } }
  }
}`,
  },
];
