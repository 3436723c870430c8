import type { ExampleOperation } from './example-operation.js';

/** The playground's tabs on schedules. */
export const SCHEDULE_EXAMPLES: readonly ExampleOperation[] = [
  {
    name: 'Schedules',
    description: [
      'When the batch runs by itself: the next times,',
      'and what became of the last ones.',
      '배치 스케줄과 다음 실행 시각, 최근 결과입니다.',
    ],
    query: `query Schedules {
  schedules(first: 10) {
    nodes {
      id
      name
      status
      version
      description
      descriptionKo
      nextSlots(count: 3) { local }
      lastSlot { local fired reason }
      lastRun { status recordDate }
      firedSlots
      skippedSlots { reason slots }
    }
  }
  scheduleStatus {
    activeSchedules
    drift {
      missing { name }
      extra { name }
      different { name fields }
    }
  }
}`,
  },
  {
    name: 'PreviewSchedule',
    description: [
      'When would it come due? Nothing is saved.',
      'Try London at 01:30: the notes tell what',
      'daylight saving does.',
      '저장하지 않고 실행 시각을 미리 봅니다.',
    ],
    query: `query PreviewSchedule($input: ScheduleInput!) {
  schedulePreview(input: $input, count: 5) {
    ... on SchedulePreview {
      settings { cron description descriptionKo }
      slots { at local notes { code nominalTime } }
    }
    ... on ScheduleInvalid {
      message
      problems { field found expected }
    }
  }
}`,
    variables: { input: { frequency: 'CRON', cron: '30 1 * 3 SUN', timeZone: 'Europe/London' } },
  },
  {
    name: 'CreateSchedule',
    description: [
      'Make a schedule. This one is inactive, so that',
      'nothing fires; `resumeSchedule` starts it.',
      '스케줄을 만듭니다. 이 예시는 비활성 상태입니다.',
    ],
    query: `mutation CreateSchedule($input: ScheduleInput!) {
  createSchedule(input: $input) {
    __typename
    ... on ScheduleAccepted {
      schedule { id version status descriptionKo }
    }
    ... on Error {
      code
      message
    }
    ... on ScheduleInvalid {
      problems { field found expected }
    }
  }
}`,
    variables: { input: { name: '주간 중재 권고사항 생성', frequency: 'WEEKLY', dayOfWeek: 1, hour: 7, minute: 30, active: false } },
  },
];
