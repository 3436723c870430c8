import { isSaid, type Said, sentencesOf, type Value } from '../said.js';

/**
 * Why the service itself paused a run or a schedule, and what keeps a worker from its language model. Log and tables keep the English. In Korean:
 * `data/codes`, group `Pause`.
 */
export const PAUSES = sentencesOf('Pause', {
  TOO_MANY_FAILED: '{failed} of {judged} users failed, most with {code}; at most {percent} % may. Mend the cause, then resume the run.',
  CHUNK_REFUSED: 'Chunk {chunk} cannot be worked on, the database answers {code}. Run doctor, mend what it names, and resume the run.',
  PLAN_REFUSED: 'The run cannot be planned, the database answers {code}. Run doctor, mend what it names, and resume the run.',
  MODEL_REFUSES:
    "the language model's endpoint refuses the key, the model or the quota{status}: mend LLM_API_KEY, LLM_MODEL or the account",
  MODEL_UNFIT:
    "the language model's endpoint refuses every question{status}: mend LLM_BASE_URL, LLM_MODEL, LLM_API_KEY or LLM_MAX_OUTPUT_TOKENS",
  MODEL_BUSY: "the language model's endpoint asks to come back later{status}",
  MODEL_AWAY: "the language model's endpoint does not answer{status}",
  MODEL_UNTRUSTED:
    "the language model's endpoint shows a certificate that is not trusted{status}: mend LLM_BASE_URL or the certificate, or name its authority in NODE_EXTRA_CA_CERTS",
  MODEL_UNREADABLE: '{model} answers, but with nothing that can be read: no advice is its own. "{doctor}" says what to do',
  MODEL_UNSAFE:
    '{model} answers, but the safety gate refuses most of it: most advice is not its own. Try another model or prompt on a share of the users: "{rollout}"',
  RECKONING_LOST: 'the database that keeps budget and rate did not answer',
  NONE_SIGNED: 'ADVICE_ONLY_REVIEWED is true, and nothing signed serves {lacking} of {program} advice',
  NONE_SIGNED_AND_MORE: 'ADVICE_ONLY_REVIEWED is true, and nothing signed serves {lacking} and {more} more of {program} advice',
  DEMO_MODEL_AWAY: 'The invented model of the demo does not answer',
  PAUSED_OFTEN: '{why}. It paused {times} times for this: resume it by hand.',
  FROM_DASHBOARD: 'from the job dashboard',
});

/** What may stand in a place; of the others, up to so many characters of any kind. */
const IN_PLACE: Readonly<Record<string, string>> = {
  status: String.raw`(?: \((?:HTTP \d{3}|[A-Z][A-Z0-9_]{2,59})\))?`,
  lacking: '(?:(?! and ).){1,200}',
};
const MAX_VALUE = 200;

/** The sentences as patterns, those that hold another one first. */
const PATTERNS = Object.entries(PAUSES.english)
  .map(([code, english]) => {
    const names = [...english.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);
    const [first = '', ...rest] = english.split(/\{\w+\}/u).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
    const pattern = rest.map((part, at) => `(${IN_PLACE[names[at] ?? ''] ?? `.{1,${MAX_VALUE}}`})${part}`).join('');
    return { code, names, pattern: new RegExp(`^${first}${pattern}$`, 'u') };
  })
  .toSorted((a, b) => Number(b.names.includes('why')) - Number(a.names.includes('why')));

/**
 * A reason of the log as a sentence of the service with its values, so that it is told in any language: those of earlier releases as well, which wrote the same
 * words. Another text, an operator's, stays as it is.
 */
export function pauseTold(reason: string): string | Said {
  for (const { code, names, pattern } of PATTERNS) {
    const found = pattern.exec(reason);
    if (found === null) continue;
    const values = names.map((name, at) => [name, name === 'why' ? pauseTold(found[at + 1] ?? '') : (found[at + 1] ?? '')] as const);
    return { group: PAUSES.group, code, values: Object.fromEntries(values) };
  }
  return reason;
}

/** What no wait mends of a model's endpoint. */
const FOR_AN_OPERATOR: ReadonlySet<string> = new Set(['MODEL_REFUSES', 'MODEL_UNFIT', 'MODEL_UNTRUSTED']);

/** Whether a reason of a pause names what an operator has to mend at the model's endpoint. */
export function isForAnOperator(reason: string): boolean {
  let told: Value | undefined = pauseTold(reason);
  while (isSaid(told) && 'why' in told.values) told = told.values['why'];
  return isSaid(told) && FOR_AN_OPERATOR.has(told.code);
}
