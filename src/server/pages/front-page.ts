import { type Exchange, sendWith } from '../http/exchange.js';
import { plainPage, PLAIN_PAGE_HEADERS } from './page-shell.js';

/** Which optional destinations exist, so that the page links to no dead end. */
export interface FrontPageLinks {
  readonly playground: boolean;
  readonly metrics: boolean;
}

/** Answers `/`: what this is and where to go from here, in English and Korean. */
export function sendFrontPage(exchange: Exchange, links: FrontPageLinks): void {
  sendWith(exchange, PLAIN_PAGE_HEADERS, frontPage(links));
}

interface Card {
  readonly path: string;
  readonly name: string;
  readonly english: string;
  readonly korean: string;
}

const PLAYGROUND: Card = {
  path: '/playground',
  name: 'Playground',
  english: 'Run example operations, watch a batch live, read the schema.',
  korean: '예제를 실행하고, 배치 진행을 실시간으로 보고, 스키마를 읽습니다.',
};
const CARDS: readonly Card[] = [
  {
    path: '/dashboard',
    name: 'Job dashboard',
    english: 'Agenda’s jobs: one bell for each schedule.',
    korean: 'Agenda 작업 현황: 스케줄마다 하나의 알림.',
  },
  {
    path: '/readyz',
    name: 'Readiness',
    english: 'Which dependencies answer, and which do not.',
    korean: '어떤 의존 서비스가 응답하는지 확인합니다.',
  },
  { path: '/healthz', name: 'Health', english: 'Whether the process is alive.', korean: '프로세스가 살아 있는지 확인합니다.' },
];
const METRICS: Card = {
  path: '/metrics',
  name: 'Metrics',
  english: 'Figures for Prometheus.',
  korean: 'Prometheus용 지표입니다.',
};
const ENDPOINT: Card = {
  path: '/graphql',
  name: 'GraphQL endpoint',
  english: 'POST operations here; subscriptions by WebSocket, or as events from /graphql/stream.',
  korean: 'POST로 요청하고, 구독은 WebSocket 또는 /graphql/stream을 씁니다.',
};

/** The page with its links, and above them what else is to be said (HTML). */
export function frontPage({ playground, metrics }: FrontPageLinks, notice = ''): string {
  const cards = [...(playground ? [PLAYGROUND] : []), ENDPOINT, ...CARDS, ...(metrics ? [METRICS] : [])];
  return plainPage(
    'IBSafe Batch',
    `<h1>IBSafe <span>Batch</span></h1>
<p class="lead">Every night, one piece of diet and exercise advice for each IBSafe user &mdash; on schedules kept in the database, with a record
of what was done for whom, what was not, and why.</p>
<p class="soft" lang="ko">매일 밤 IBSafe 사용자마다 식단·운동 중재 권고를 하나씩 만듭니다. 스케줄은 데이터베이스에 있고, 누구에게 무엇을 했고 무엇을 하지 않았는지, 그리고 그 이유가
모두 기록으로 남습니다.</p>
${notice}
<ul class="cards">
${cards.map(cardHtml).join('\n')}
</ul>
<footer>The pages in docs/ of the project explain commands, settings and the schema. <span lang="ko">명령어, 설정, 스키마 설명은 프로젝트의 docs 폴더에 있습니다.</span></footer>`,
  );
}

function cardHtml({ path, name, english, korean }: Card): string {
  const emphasis = path === PLAYGROUND.path ? ' class="main"' : '';
  return `<li${emphasis}><a href="${path}"><strong>${name}</strong><code>${path}</code><span>${english}</span><span class="soft" lang="ko">${korean}</span></a></li>`;
}
