import type { Bilingual } from '../configuration/meaning.js';

/** What a command measures, for those whose figures are kept. */
export const MEASUREMENTS: Readonly<Record<string, Bilingual>> = {
  'npm run bench': {
    en: 'Users per second of a run, beside SQL alone on the same data and beside a run of 10,000 patients; memory of the worker; rows per second of the log; time of the `run` query; requests per second through the whole HTTP stack beside bare Apollo; time from a slot to its first outcome. Since advice is made of points and recipes ([decision 024](decisions/024-advice-is-made-of-points-and-recipes.md)), a user costs more CPU; figures of earlier advice say so.',
    ko: '실행이 처리하는 초당 사용자 수(같은 데이터의 순수 SQL, 그리고 환자 10,000명일 때와 비교), 워커의 메모리, 로그의 초당 행 수, `run` 질의 시간, 전체 HTTP 스택과 Apollo 단독의 초당 요청 수, 예정 시각부터 첫 결과까지의 시간입니다. 권고를 항목과 조리법으로 만들게 된 뒤로는([결정 024](decisions/024-advice-is-made-of-points-and-recipes.md)) 사용자 한 명에 CPU가 더 듭니다. 이전 권고로 잰 값에는 그렇게 적혀 있습니다.',
  },
  'npm run bench -- --users 1000000 --lanes 1,2,4 --rounds 1': {
    en: 'A million users with 1, 2 and 4 lanes, beside 10,000 and 100,000 users; memory of the worker; size of the log; time of queries beside it. [Decision 006](decisions/006-rows-in-binary-as-they-are-made.md) says what made a run fast.',
    ko: '사용자 백만 명을 레인 1, 2, 4개로 처리하는 속도(10,000명, 100,000명일 때와 비교), 워커의 메모리, 로그의 크기, 그만큼 쌓인 상태의 질의 시간입니다. 실행이 빨라진 이유는 [결정 006](decisions/006-rows-in-binary-as-they-are-made.md)에 있습니다.',
  },
  'npm run bench -- --users 20000 --days 180': {
    en: 'A run over a long history of records beside a run over the history of a week.',
    ko: '기록이 오래 쌓였을 때의 실행을 일주일 치일 때와 비교합니다.',
  },
  'npm run bench -- --log 10000000': {
    en: 'A run, the memory of its worker, and the `run` and `runs` queries beside a log of ten million events and beside a log of 10,000; views made anew from it.',
    ko: '로그에 이벤트가 천만 건 있을 때와 10,000건일 때의 실행, 워커의 메모리, `run`, `runs` 질의 시간, 그리고 뷰를 로그에서 다시 만드는 속도입니다.',
  },
  'npm run bench -- --only workers,guards,cancel': {
    en: '`workers`: two worker processes beside one, with a generator that waits. `guards`: cost of a guard of the log and of the safety gate. `cancel`: runs cancelled in the middle under two processes, and what was written after the order.',
    ko: '`workers`: 응답을 기다리는 생성기로 워커 프로세스 둘과 하나를 비교합니다. `guards`: 로그의 보호 장치와 안전 게이트에 드는 비용입니다. `cancel`: 두 프로세스가 처리하는 실행을 도중에 취소했을 때, 취소 명령 뒤에 무엇이 기록되었는지 봅니다.',
  },
  'npm run bench -- --llm': {
    en: 'A run by a model that takes 200 ms a call, 64 calls at once, beside the waiting alone.',
    ko: '호출에 200 ms가 걸리는 모델에 64건씩 동시에 맡긴 실행을, 기다리는 시간만 있을 때와 비교합니다.',
  },
  'npm run bench -- --only run --users 100000 --rounds 3': {
    en: 'A run of 100,000 patients beside SQL alone on the same data, and beside a run of 10,000. [Decision 034](decisions/034-where-a-runs-cpu-goes.md) says where the CPU of a run goes and why the budget is not met.',
    ko: '환자 100,000명의 실행을 같은 데이터의 순수 SQL, 그리고 10,000명의 실행과 비교합니다. 실행의 CPU가 어디에 쓰이는지, 왜 예산에 못 미치는지는 [결정 034](decisions/034-where-a-runs-cpu-goes.md)에 있습니다.',
  },
  'npm run bench -- --only followers --users 100000 --followers 5000 --rounds 1': {
    en: 'Subscribers of one run over websockets, with their clients on the same cores: how late they hear of it, what they cost the service, and what they cost the run. [Decision 046](decisions/046-what-many-followers-are-sent.md) says what they are sent.',
    ko: '실행 하나를 웹소켓으로 따라가는 구독자들이 얼마나 늦게 소식을 듣는지, 서비스와 실행에 드는 비용이 얼마인지 봅니다. 구독자의 클라이언트도 같은 코어에서 돕니다. 무엇을 보내는지는 [결정 046](decisions/046-what-many-followers-are-sent.md)에 있습니다.',
  },
  'npm run bench -- --only operations': {
    en: 'The dearest operations that GraphQL accepts, by transport: CPU and memory of one.',
    ko: 'GraphQL이 받아들이는 가장 비싼 작업을 전송 방식별로 재어, 하나에 드는 CPU와 메모리를 봅니다.',
  },
  'npm run bench -- --only processes --users 50000 --rounds 3': {
    en: 'One, two and four worker processes on one machine, and the share of the time for which PostgreSQL is the limit.',
    ko: '한 대에서 워커 프로세스를 1, 2, 4개 돌릴 때의 속도와, 그중 PostgreSQL이 한계인 시간의 비율입니다.',
  },
  'npm run bench -- --only beside --users 60000 --rounds 1': {
    en: 'A reader of one row, alone and beside a run that gives way to it or does not ([decision 049](decisions/049-a-run-gives-way-to-readers.md)), and what giving way costs the run.',
    ko: '한 행을 읽는 쪽이 혼자일 때와, 양보하는 실행 또는 양보하지 않는 실행 옆에 있을 때의 시간([결정 049](decisions/049-a-run-gives-way-to-readers.md)), 그리고 양보에 드는 실행의 비용입니다.',
  },
  'npm run bench -- --only peers --users 20000 --rounds 3': {
    en: 'A whole run, with rules, log and every guard, beside job queues with a job a user and a plain loop, which read once and insert once for each user and do nothing else, and beside SQL alone. All take turns on one server, each in a process of its own with twelve users in work at once; a queue’s time begins with its first job and ends with its last row. Their packages stand in `bench/peers/` alone.',
    ko: '규칙, 로그, 모든 보호 장치를 갖춘 실행 전체를, 사용자마다 작업 하나를 넣는 작업 큐들과 단순 반복문(사용자마다 읽기 한 번과 쓰기 한 번만 합니다), 그리고 순수 SQL과 비교합니다. 서버 하나에서 차례로 돌며, 저마다 제 프로세스에서 사용자 열두 명을 동시에 처리합니다. 큐의 시간은 첫 작업을 넣을 때부터 마지막 행을 쓸 때까지입니다. 패키지는 `bench/peers/`에만 있습니다.',
  },
  'npm run bench -- --only prices --users 1000 --rounds 1': {
    en: 'What a thousand patients cost by each way of asking a model: the account of the local endpoint, which counts tokens as OpenAI’s models do (o200k), the schema of an answer among them, and keeps beginnings from 1,024 tokens on. Prices a million tokens: $0.40 in, $0.10 of a kept beginning, $1.60 out (GPT-4.1 mini, 2025), by batch half of each; a provider that does not count kept beginnings in a batch takes more for it. Calls take 200 ms, 64 at once; the batch takes the endpoint 10 s. Other work ran on the two cores meanwhile: the times are longer than on a quiet machine, tokens and prices are the same.',
    ko: '모델에 묻는 방법마다 환자 1,000명에 드는 값입니다. 로컬 엔드포인트의 계산이며, OpenAI 모델처럼(o200k) 답의 스키마까지 토큰으로 세고 1,024토큰부터 앞부분을 보관합니다. 백만 토큰의 값은 입력 $0.40, 보관된 앞부분 $0.10, 출력 $1.60(GPT-4.1 mini, 2025년)이고 배치는 그 절반입니다. 배치에서 보관된 앞부분을 깎아 주지 않는 제공자에서는 더 듭니다. 호출은 200 ms에 64건씩 동시에, 배치는 엔드포인트에서 10초가 걸립니다. 재는 동안 다른 작업도 함께 돌았습니다. 시간은 한가한 기계에서보다 길고, 토큰과 값은 같습니다.',
  },
  'npm run eval': {
    en: 'Tokens of one question to a model. The measured patients are those of [the evaluation](developer/evaluate.md).',
    ko: '모델에 한 번 묻는 데 드는 토큰입니다. 측정에 쓴 환자는 [생성기 평가](developer/evaluate.md)의 환자입니다.',
  },
};
