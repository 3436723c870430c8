import type { Evidence } from './facts.js';
import { mustNotLessen } from './preferences.js';
import { LEAST_GOAL } from './walking.js';
import type { Claim } from './templates.js';

/** Words of sentences that judge foods, take them away or lessen them, or urge to walk; looked for in the text as a patient reads it, whatever point it is of. */
const LESSENS = [
  /FODMAP|중간 정도|분류를/u,
  /(?<!한 상 )대신|다음에는 (?!가볍게라도|주식).+ 드셔|바꿔 |까지만|줄여 보|줄이세요|덜 드|적게 드|조금씩 (?:드|나누|여러)|조금만|늦게|늦지|세 잔|맵지 않은|순한|나누어 드시는|세 번|1회 분량|1회 [\d,]+ g/u,
  /instead|in place of|take the place|^Try .+ next time\.$|^Swap|Try .+ next time\.$|less of|a little less|easier on|moderate|class of|classified|class is not|small portions|three portions|smaller|late at night|too late|three cups|mild|g a serving|serving of .* is about/iu,
  /식이섬유|기록하시면|기록이 많을수록|적어 두시면|같이 기록해|fibre|more you record|fuller records|note symptoms|Write down/iu,
  /기준(?:인)? 6,000|(?:of|about|above|below) 6,000|움직이는 시간|가까운 거리|근력|small times in the day|short walks|balance/u,
];
/** To have foods again, or to stop restricting, is no less. */
const OPENS = /재도입|제한하지 말|더 줄이지 말|reintroduction|do not restrict/iu;

/** What is wrong with what is said to a patient with an eating disorder or a low weight: any word on less food or more steps, and a goal above what was walked lately. */
export function restrictingFaults(claims: readonly Claim[], { row, walking, records }: Evidence): string[] {
  if (!mustNotLessen(records)) return [];
  const said = claims.filter((claim) => !OPENS.test(claim.said) && LESSENS.some((words) => words.test(claim.said)));
  const { exerciseTarget: goal } = row;
  const most = Math.max(LEAST_GOAL, Math.floor(walking?.lately ?? 0));
  return [
    ...said.map((claim) => `RESTRICTS ${claim.point.id} ${JSON.stringify(claim.said)}`),
    ...(row.gubun !== 'sleep' && goal !== null && goal > most ? [`STEPS_URGED ${goal} of ${most}`] : []),
  ];
}
