import type { Section } from './meaning.js';

/** Where the service runs, and on which databases. */
export const SERVICE = {
  title: { en: 'Where it runs', ko: '실행 환경' },
  meanings: {
    NODE_ENV: {
      en: 'Purpose of the process. `production` sends the log to stdout and closes schema and playground.',
      ko: '프로세스의 용도. `production`에서는 로그를 표준 출력으로 내보내고 스키마와 플레이그라운드를 닫습니다.',
    },
    HOST: {
      en: 'Address to listen on. An address that is not a loopback address lets other machines in.',
      ko: '수신 주소. 루프백이 아니면 다른 기기에서 접속할 수 있습니다.',
      range: { en: 'an address', ko: '주소' },
    },
    PORT: { en: 'Port to listen on. 0 takes a free port.', ko: '수신 포트. 0이면 비어 있는 포트를 씁니다.' },
    METRICS_HOST: {
      en: 'Address of the second port. The answers there ask for no key: only a network of your own may reach it.',
      ko: '두 번째 포트의 수신 주소. 키를 묻지 않으므로 내부 네트워크에서만 닿게 합니다.',
      range: { en: 'an address', ko: '주소' },
    },
    METRICS_PORT: {
      en: 'A second port, on every role, with `/metrics`, `/healthz` and `/readyz` alone ([monitoring](monitoring.md)). Not set: a worker and a scheduler do not listen. 0 takes a free port.',
      ko: '모든 역할에서 `/metrics`, `/healthz`, `/readyz`만 응답하는 두 번째 포트([모니터링](monitoring.ko.md)). 없으면 워커와 스케줄러는 수신하지 않습니다. 0이면 비어 있는 포트를 씁니다.',
    },
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      en: 'A collector of OpenTelemetry traces (OTLP over HTTP), up to where `/v1/traces` begins ([tracing](tracing.md)). Not set: nothing is traced, and nothing of it is loaded.',
      ko: 'OpenTelemetry 트레이스 수집기(OTLP/HTTP) 주소, `/v1/traces` 앞까지([트레이싱](tracing.ko.md)). 없으면 트레이싱을 하지 않으며 관련 코드도 읽지 않습니다.',
      range: { en: '`https://…`, `http://…`', ko: '`https://…`, `http://…`' },
    },
    OTEL_EXPORTER_OTLP_HEADERS: {
      en: 'Headers for the collector, such as `authorization=Bearer%20abc`.',
      ko: '수집기에 보낼 헤더. 예: `authorization=Bearer%20abc`.',
      range: { en: '`name=value`, with commas between', ko: '`name=value`, 쉼표로 구분' },
    },
    DATA_DIR: {
      en: 'Folder for the embedded database, the log of a service at a terminal, and the file that names the running service. Made when it is missing.',
      ko: '내장 데이터베이스, 터미널에서 실행한 서비스의 로그, 실행 중인 서비스 정보를 두는 폴더. 없으면 만듭니다.',
      range: { en: 'a folder', ko: '폴더' },
    },
    LOG_LEVEL: {
      en: 'Level of the log. With `debug`, a command that fails also shows where it failed.',
      ko: '로그 수준. `debug`이면 명령이 실패한 위치도 보여 줍니다.',
    },
    LOG_FILE_MB: {
      en: 'Size at which the log file in the data folder is rotated. A log on stdout is not rotated.',
      ko: '데이터 폴더의 로그 파일이 이 크기에 이르면 새 파일로 넘깁니다. 표준 출력 로그에는 적용되지 않습니다.',
      unit: 'MiB',
    },
    LOG_FILES: {
      en: 'Rotated log files to keep. `service.log.1` is the newest.',
      ko: '보관할 이전 로그 파일의 수. `service.log.1`이 가장 최근 파일입니다.',
    },
  },
} satisfies Section;

export const DATABASES = {
  title: { en: 'Databases', ko: '데이터베이스' },
  meanings: {
    DATABASE_URL: {
      en: "Your PostgreSQL: IBSafe's own database. Without it the service starts an embedded PostgreSQL under `DATA_DIR`.",
      ko: 'IBSafe의 PostgreSQL. 없으면 `DATA_DIR` 아래에서 내장 PostgreSQL을 실행합니다.',
      range: { en: '`postgresql://user:password@host:5432/name`', ko: '`postgresql://user:password@host:5432/name`' },
    },
    MONGODB_URL: {
      en: "A MongoDB for Agenda's jobs. Without it the jobs are in PostgreSQL.",
      ko: 'Agenda 작업을 저장할 MongoDB. 없으면 PostgreSQL에 저장합니다.',
      range: { en: '`mongodb://…`, `mongodb+srv://…`', ko: '`mongodb://…`, `mongodb+srv://…`' },
    },
  },
} satisfies Section;

export const DEMO = {
  title: { en: 'Demo patients', ko: '데모 환자' },
  note: { en: 'For the first start on an empty embedded database.', ko: '빈 내장 데이터베이스로 처음 시작할 때만 씁니다.' },
  meanings: {
    DEMO_USERS: { en: 'Number of invented patients. 0 makes none.', ko: '만들 가상 환자 수. 0이면 만들지 않습니다.' },
    DEMO_DAYS: {
      en: 'Days of records of each patient. The last day is yesterday. Days beyond the first 14 get an invented night each, 60 at most.',
      ko: '환자 한 명의 기록 일수. 마지막 날은 어제입니다. 처음 14일 뒤의 날마다 가상의 밤을 하나씩 만듭니다(최대 60).',
    },
    DEMO_SEED: {
      en: 'Seed of the random numbers. Equal seeds make equal patients.',
      ko: '난수의 시드. 시드가 같으면 같은 환자가 만들어집니다.',
    },
  },
} satisfies Section;
