import type { Section } from './meaning.js';

const DOLLARS = { en: 'an amount in US$, such as 0.15', ko: '금액(US$). 예: 0.15' };

export const ADVICE = {
  title: { en: 'Advice', ko: '권고' },
  meanings: {
    GENERATOR: {
      en: 'Generator of a run that names none. `LLM` needs `LLM_BASE_URL` and `LLM_MODEL`.',
      ko: '실행에서 지정하지 않았을 때 쓰는 생성기. `LLM`에는 `LLM_BASE_URL`과 `LLM_MODEL`이 필요합니다.',
    },
    ADVICE_LANGUAGE: { en: 'Language of the advice.', ko: '권고의 언어.' },
    ADVICE_ONLY_REVIEWED: {
      en: 'Whether advice is made only of sentences, dishes and ingredients that a dietitian has signed. With too few of them a run pauses and writes no advice.',
      ko: '영양사가 서명한 문장과 음식, 재료만으로 권고를 만들지 여부. 서명된 것이 모자라면 실행은 일시 중지되고 권고를 쓰지 않습니다.',
    },
  },
} satisfies Section;

export const MODEL = {
  title: { en: 'The language model', ko: '언어 모델' },
  note: {
    en: 'With an address here, a run may ask for the generator `LLM`. A choice of the model passes the same safety gate as a choice of the rules.',
    ko: '주소를 설정하면 실행에서 생성기 `LLM`을 요청할 수 있습니다. 모델이 고른 것도 규칙이 고른 것과 같은 안전 게이트를 지납니다.',
  },
  meanings: {
    LLM_BASE_URL: {
      en: "An OpenAI-compatible endpoint, up to `/v1`. `http://127.0.0.1:11434/v1` is Ollama's. No password, query or fragment in it.",
      ko: 'OpenAI 호환 엔드포인트(`/v1`까지). `http://127.0.0.1:11434/v1`은 Ollama입니다. 비밀번호나 쿼리, 프래그먼트는 넣지 않습니다.',
      range: { en: '`https://…`, `http://…`', ko: '`https://…`, `http://…`' },
    },
    LLM_MODEL: {
      en: 'Name of the model at the endpoint, such as `gpt-oss:20b`. Needed with `LLM_BASE_URL`.',
      ko: '엔드포인트에서 쓰는 모델 이름. 예: `gpt-oss:20b`. `LLM_BASE_URL`과 함께 필요합니다.',
      range: { en: 'a name', ko: '이름' },
    },
    LLM_API_KEY: {
      en: 'API key of the endpoint. Ollama needs none.',
      ko: '엔드포인트의 API 키. Ollama에는 필요 없습니다.',
      range: { en: 'printable ASCII without spaces', ko: '공백 없는 ASCII' },
    },
    LLM_STRUCTURED_OUTPUT: {
      en: 'Whether the service asks for structured output. `auto` asks until the endpoint refuses it; `off` expects JSON in the text.',
      ko: '구조화된 출력을 요청할지 여부. `auto`는 엔드포인트가 거절할 때까지 요청하고, `off`는 본문의 JSON을 읽습니다.',
    },
    LLM_TIMEOUT_MS: {
      en: 'Time for all calls and retries of one user together. Waiting for a turn does not count.',
      ko: '사용자 한 명의 호출과 재시도에 허용하는 총 시간. 차례를 기다리는 시간은 빼고 셉니다.',
      unit: 'ms',
    },
    LLM_LOAD_MS: {
      en: 'Time for which a call to a silent endpoint stays open, since the endpoint may be loading its model.',
      ko: '응답이 없는 엔드포인트(모델을 불러오는 중일 수 있음)에 보낸 호출을 열어 두는 시간.',
      unit: 'ms',
    },
    LLM_MAX_OUTPUT_TOKENS: {
      en: 'Most tokens of one answer. The thoughts of a reasoning model count.',
      ko: '답변 하나의 최대 토큰 수. 추론 모델이 생각하는 데 쓰는 토큰도 포함합니다.',
    },
    LLM_CONCURRENCY: { en: 'Users that one process has at the model at once.', ko: '한 프로세스가 동시에 모델에 맡기는 사용자 수.' },
    LLM_REQUESTS_PER_MINUTE: {
      en: 'Most calls a minute of all processes together. No limit when unset.',
      ko: '모든 프로세스를 합친 분당 최대 호출 수. 없으면 제한하지 않습니다.',
    },
    LLM_TOKENS_PER_MINUTE: {
      en: 'Most tokens a minute, sent and received, of all processes together. No limit when unset.',
      ko: '모든 프로세스를 합친 분당 최대 토큰 수(보낸 것과 받은 것). 없으면 제한하지 않습니다.',
    },
    LLM_FALLBACK: {
      en: "Result of a user without safe advice after two answers of the model: `RULES` writes the rules' advice, `NONE` records a failure.",
      ko: '모델이 두 번 답해도 안전한 권고가 나오지 않은 사용자의 결과: 규칙 권고를 쓰거나(`RULES`) 실패로 남깁니다(`NONE`).',
    },
    LLM_ON_OUTAGE: {
      en: 'What happens while the endpoint does not answer: `PAUSE` pauses the run, which goes on by itself; `RULES` writes the rules’ advice.',
      ko: '엔드포인트가 응답하지 않는 동안 실행을 멈췄다가 저절로 이어 갈지(`PAUSE`), 규칙 권고를 쓸지(`RULES`).',
    },
    LLM_MODE: {
      en: 'How a run that does not say asks the model: each patient by a call (`CALLS`), or the patients of a chunk by one batch at the provider (`BATCH`), which costs less and takes up to `LLM_BATCH_WINDOW_MS`.',
      ko: '실행에서 지정하지 않았을 때 모델에 묻는 방법: 환자마다 호출하거나(`CALLS`), 청크의 환자를 제공자의 배치 하나로 보냅니다(`BATCH`). 배치는 더 싸고, `LLM_BATCH_WINDOW_MS`까지 걸립니다.',
    },
    LLM_BATCH_PRICE_PERCENT: {
      en: 'Price of a token in a batch, as a share of its price in a call.',
      ko: '호출 가격에 대한 배치 토큰 가격의 비율.',
      range: { en: '0–100 %', ko: '0~100 %' },
    },
    LLM_BATCH_WINDOW_MS: {
      en: 'Time that the provider takes for a batch at most. A run with a ready-by time, or with a schedule, waits no longer than these allow.',
      ko: '제공자가 배치 하나에 쓰는 최대 시간. 준비 시각이나 스케줄이 있는 실행은 그 시각이 허락하는 만큼만 기다립니다.',
    },
    LLM_BATCH_POLL_MS: { en: 'Time between two looks at a batch.', ko: '배치를 확인하는 간격.' },
    LLM_BATCH_CANCEL_MS: {
      en: 'Time for which a batch that is late may take to be cancelled, before its patients are asked by calls.',
      ko: '늦은 배치가 취소될 때까지 기다리는 시간. 지나면 그 환자들은 호출로 묻습니다.',
    },
    LLM_PRICE_INPUT: { en: 'Price of a million tokens sent.', ko: '보낸 토큰 100만 개의 가격.', range: DOLLARS },
    LLM_PRICE_CACHED_INPUT: {
      en: 'Price of a million tokens sent that the endpoint had kept of an earlier call (`cached_tokens`). As `LLM_PRICE_INPUT` when unset.',
      ko: '보낸 토큰 중 엔드포인트가 이전 호출에서 보관해 둔 것(`cached_tokens`) 100만 개의 가격. 없으면 `LLM_PRICE_INPUT`과 같습니다.',
      range: DOLLARS,
    },
    LLM_PRICE_OUTPUT: { en: 'Price of a million tokens received.', ko: '받은 토큰 100만 개의 가격.', range: DOLLARS },
    LLM_RUN_BUDGET: {
      en: 'Most money that one run may spend on the model; then the rules take over. Needs prices. No limit when unset.',
      ko: '실행 하나가 모델에 쓸 수 있는 최대 금액. 다 쓰면 규칙이 이어받습니다. 가격 설정이 필요합니다. 없으면 제한하지 않습니다.',
      range: DOLLARS,
    },
  },
} satisfies Section;

export const CANDIDATE = {
  title: { en: 'What is tried on a share of the users', ko: '일부 사용자에게 시험하는 것' },
  note: {
    en: 'The candidate of a rollout (`rollout start`). What is not named is as in force. The same for every process.',
    ko: '단계적 적용(`rollout start`)의 후보입니다. 지정하지 않은 것은 모두에게 적용되는 설정과 같습니다. 모든 프로세스에 같은 값을 줍니다.',
  },
  meanings: {
    LLM_CANDIDATE_MODEL: {
      en: 'Name of the model that is tried.',
      ko: '시험할 모델의 이름.',
      range: { en: 'a name', ko: '이름' },
    },
    LLM_CANDIDATE_BASE_URL: {
      en: 'Its endpoint, where it is another one. `LLM_API_KEY` is not sent there.',
      ko: '다른 엔드포인트라면 그 주소. `LLM_API_KEY`는 그곳으로 보내지 않습니다.',
      range: { en: '`https://…`, `http://…`', ko: '`https://…`, `http://…`' },
    },
    LLM_CANDIDATE_API_KEY: {
      en: 'API key of that endpoint.',
      ko: '그 엔드포인트의 API 키.',
      range: { en: 'printable ASCII without spaces', ko: '공백 없는 ASCII' },
    },
    LLM_CANDIDATE_PROMPT: {
      en: 'Version of the prompt that is tried, such as `daily-3`: a file in `ADVICE_CANDIDATE_DIR/prompts`, or in `data/prompts`.',
      ko: '시험할 프롬프트의 버전. 예: `daily-3`. `ADVICE_CANDIDATE_DIR/prompts`나 `data/prompts`에 있는 파일입니다.',
      range: { en: 'a version', ko: '버전' },
    },
    LLM_CANDIDATE_PRICE_INPUT: {
      en: 'Price of a million tokens sent to the candidate. Of another model or endpoint 0 when unset, else `LLM_PRICE_INPUT`.',
      ko: '후보에게 보낸 토큰 100만 개의 가격. 없으면 모델이나 엔드포인트가 다를 때 0, 같을 때 `LLM_PRICE_INPUT`.',
      range: DOLLARS,
    },
    LLM_CANDIDATE_PRICE_CACHED_INPUT: {
      en: 'The same of tokens that the endpoint had kept of an earlier call.',
      ko: '보낸 토큰 중 엔드포인트가 이전 호출에서 보관해 둔 것 100만 개의 가격.',
      range: DOLLARS,
    },
    LLM_CANDIDATE_PRICE_OUTPUT: {
      en: 'The same of a million tokens received.',
      ko: '후보에게서 받은 토큰 100만 개의 가격.',
      range: DOLLARS,
    },
    ADVICE_CANDIDATE_DIR: {
      en: 'Folder with a vocabulary (`points/*.json`), prompts (`prompts/<version>.<language>.md`) or both, in the form of `data/`.',
      ko: '문장 목록(`points/*.json`)이나 프롬프트(`prompts/<version>.<language>.md`)를 `data/`와 같은 형식으로 담은 폴더.',
      range: { en: 'a folder', ko: '폴더' },
    },
  },
} satisfies Section;
