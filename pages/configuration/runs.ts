import type { Section } from './meaning.js';

export const RUNS = {
  title: { en: 'Runs', ko: '실행' },
  meanings: {
    BATCH_TIME_ZONE: {
      en: 'Time zone that decides the date of yesterday. Commands show times in it.',
      ko: '어제가 어느 날짜인지 정하는 시간대. 명령도 이 시간대로 시각을 표시합니다.',
      range: { en: 'an IANA name', ko: 'IANA 이름' },
    },
    BATCH_CHUNK_SIZE: {
      en: 'Most users of one chunk, the unit of work and of restart. A worker that gives way reads and writes fewer at once.',
      ko: '청크 하나에 담는 최대 사용자 수. 청크는 작업과 재시작의 단위입니다. 양보하는 워커는 한 번에 더 적은 수를 읽고 씁니다.',
    },
    BATCH_LEASE_MS: {
      en: 'Time for which a worker keeps a chunk without a sign of life. Then another worker may take the chunk.',
      ko: '워커가 응답 없이 청크를 쥐고 있을 수 있는 시간. 지나면 다른 워커가 넘겨받습니다.',
      unit: 'ms',
    },
    BATCH_CHUNK_TAKEOVERS: {
      en: 'Workers that vanish with a chunk in a row before the chunk is split. Splits go on until one user is left, and that user fails as `CRASHED_WORKER`.',
      ko: '한 청크를 처리하던 워커가 이만큼 연달아 사라지면 청크를 나눕니다. 한 명이 남을 때까지 나누고, 그 사용자만 `CRASHED_WORKER`로 실패합니다.',
    },
    BATCH_RETRY_ATTEMPTS: {
      en: 'Tries of a lane while the database fails for a moment (a broken connection, a deadlock, a full disk). The waits grow. After that the chunk is left to others.',
      ko: '데이터베이스가 잠시 실패할 때(끊긴 연결, 교착, 가득 찬 디스크) 레인이 간격을 늘려 가며 다시 시도하는 횟수. 그 뒤에는 청크를 다른 워커에 맡깁니다.',
    },
    BATCH_FAILURE_PAUSE_PERCENT: {
      en: 'Share of failed users above which a run pauses. 100 never pauses a run.',
      ko: '실패한 사용자가 이 비율을 넘으면 실행을 이유와 함께 일시 중지합니다. 100이면 중지하지 않습니다.',
      unit: '%',
    },
    BATCH_FAILURE_PAUSE_MIN_USERS: {
      en: 'Users with an outcome before that share is judged.',
      ko: '이 수만큼 결과가 나온 뒤에 위의 비율을 판단합니다.',
    },
    BATCH_POLL_MS: {
      en: 'Longest wait of a follower of a run before it looks without a wake-up.',
      ko: '실행을 구독할 때 알림이 없어도 스스로 확인하는 최대 간격.',
      unit: 'ms',
    },
    BATCH_SWEEP_MS: {
      en: 'Interval at which a worker looks for runs without a worker.',
      ko: '처리하는 워커가 없는 실행을 워커가 찾는 간격.',
      unit: 'ms',
    },
    BATCH_SYNC_MS: {
      en: 'Interval at which schedules and jobs are compared and made equal.',
      ko: '스케줄과 작업을 비교해 맞추는 간격.',
      unit: 'ms',
    },
    BATCH_GRACE_MS: {
      en: 'Time for which a stop waits for work and requests under way. With much more than the default a stop can take more than 10 s.',
      ko: '종료할 때 진행 중인 작업과 요청을 기다리는 시간. 기본값보다 많이 늘리면 종료가 10초를 넘을 수 있습니다.',
      unit: 'ms',
    },
    BATCH_STATEMENT_MS: {
      en: 'Longest time of one statement on the database. Waiting for a lock ends after half of it.',
      ko: '데이터베이스 문장 하나에 허용하는 최대 시간. 잠금 대기는 그 절반이 지나면 끝납니다.',
      unit: 'ms',
    },
    BATCH_LAG_ALARM_MS: {
      en: 'Lag of the log’s readers that raises an alarm in the log, `/readyz`, `/metrics`, `systemStatus` and `doctor`.',
      ko: '로그를 읽는 쪽이 이만큼 뒤처지면 로그, `/readyz`, `/metrics`, `systemStatus`, `doctor`에 경보를 냅니다.',
      unit: 'ms',
    },
    BATCH_GIVE_WAY: {
      en: 'Whether the lanes of a worker give way to other readers of the database: fewer of them, and less at once, while a reader of one row takes more than twice as long as alone. `auto`: where `DATABASE_URL` is set.',
      ko: '데이터베이스를 함께 읽는 쪽에 워커의 레인이 양보할지 정합니다. 행 하나를 읽는 시간이 실행이 없을 때의 두 배를 넘으면 레인과 한 번에 처리하는 양을 줄입니다. `auto`이면 `DATABASE_URL`이 있을 때 양보합니다.',
    },
    BATCH_LATE_DATA_UNTIL: {
      en: 'Hour in `BATCH_TIME_ZONE` until which skipped users are offered again when their missing record has come. Never when unset.',
      ko: '빠졌던 기록이 들어온 사용자를 몇 시까지 다시 처리할지(`BATCH_TIME_ZONE` 기준). 없으면 하지 않습니다.',
    },
    BATCH_LATE_DATA_EVERY_MS: {
      en: 'Interval at which the scheduler looks for such users.',
      ko: '스케줄러가 그런 사용자를 찾는 간격.',
      unit: 'ms',
    },
    WORKER_LANES: {
      en: 'Chunks that one worker process has in work at once. Each lane takes a database connection while it writes.',
      ko: '워커 프로세스 하나가 동시에 처리하는 청크 수. 레인마다 쓰는 동안 연결을 하나씩 씁니다.',
    },
  },
} satisfies Section;
