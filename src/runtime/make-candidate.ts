import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CandidateSeat, Generator } from '../application/ports.js';
import { ConfigError, type Config } from '../config/config.js';
import { SETTINGS } from '../config/config-words.js';
import { RULE_VERSION } from '../domain/advice/rule-engine.js';
import { createSafetyGate } from '../domain/advice/safety-gate.js';
import type { GeneratorName } from '../domain/outcome.js';
import { ALL_PROGRAMS } from '../domain/programs/all-programs.js';
import { isPromptRecalled, type RecallState } from '../domain/recall/recalled-words.js';
import type { AdviceVersion } from '../domain/rollout/rollout-events.js';
import { wordsIn, wordsWithPoints, type AdviceWords } from '../generators/advice-words.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import { loadPrompt, type Prompt } from '../generators/llm/prompt-file.js';
import { RulesGenerator } from '../generators/rules-generator.js';
import { SignedGenerator } from '../generators/signed-generator.js';
import { makeLlmGenerator, type LlmNeeds } from './make-llm-generator.js';

/** What is to be tried on a share of users: the settings of this process with the candidate's own in their place. */
export interface CandidatePlan {
  readonly config: Config;
  readonly words: AdviceWords;
  readonly prompt: Prompt;
  readonly version: AdviceVersion;
}

/** The candidate as configured; undefined where nothing is. @throws ConfigError, or an Error that names the file at fault: at the start, not at the first patient */
export function planCandidate(config: Config, own: AdviceWords): CandidatePlan | undefined {
  const { LLM_CANDIDATE_MODEL: model, LLM_CANDIDATE_PROMPT: promptVersion, ADVICE_CANDIDATE_DIR: folder } = config;
  const asksModel = model !== undefined || promptVersion !== undefined;
  refuseUseless(config, asksModel);
  if (!asksModel && folder === undefined) return undefined;
  const merged: Config = asksModel ? { ...config, ...modelOf(config), GENERATOR: 'LLM', LLM_ON_OUTAGE: 'PAUSE' } : config;
  const words = wordsOf(merged, own);
  const prompt = loadPrompt(words.tongue.language, promptVersion, folder && join(folder, 'prompts'));
  return { config: merged, words, prompt, version: versionOf(merged.GENERATOR, { config: merged, words, prompt }) };
}

function wordsOf(config: Config, own: AdviceWords): AdviceWords {
  const { ADVICE_CANDIDATE_DIR: folder } = config;
  if (folder === undefined) return own;
  const points = join(folder, 'points');
  if (existsSync(points)) return wordsWithPoints(own, points);
  if (existsSync(join(folder, 'prompts'))) return own;
  throw new ConfigError([SETTINGS.tell('NO_CANDIDATE_DATA')]);
}

/** A key goes to the endpoint that it was given for, and a price is that of its own model: neither is taken over by another. */
function modelOf(config: Config): Partial<Config> {
  const { LLM_CANDIDATE_BASE_URL: baseUrl, LLM_CANDIDATE_MODEL: model } = config;
  const key = config.LLM_CANDIDATE_API_KEY ?? (baseUrl === undefined ? config.LLM_API_KEY : undefined);
  const isSameModel = baseUrl === undefined && (model === undefined || model === config.LLM_MODEL);
  const cached = config.LLM_CANDIDATE_PRICE_CACHED_INPUT ?? (isSameModel ? config.LLM_PRICE_CACHED_INPUT : undefined);
  return {
    LLM_BASE_URL: baseUrl ?? config.LLM_BASE_URL,
    LLM_MODEL: model ?? config.LLM_MODEL,
    LLM_API_KEY: key,
    LLM_PRICE_INPUT: config.LLM_CANDIDATE_PRICE_INPUT ?? (isSameModel ? config.LLM_PRICE_INPUT : 0),
    LLM_PRICE_CACHED_INPUT: cached,
    LLM_PRICE_OUTPUT: config.LLM_CANDIDATE_PRICE_OUTPUT ?? (isSameModel ? config.LLM_PRICE_OUTPUT : 0),
  };
}

const OF_MODEL = [
  'LLM_CANDIDATE_BASE_URL', 'LLM_CANDIDATE_API_KEY', 'LLM_CANDIDATE_PRICE_INPUT', 'LLM_CANDIDATE_PRICE_CACHED_INPUT', 'LLM_CANDIDATE_PRICE_OUTPUT',
] as const; // prettier-ignore

function refuseUseless(config: Config, asksModel: boolean): void {
  if (!asksModel) {
    const useless = OF_MODEL.filter((name) => config[name] !== undefined);
    const [one, other] = ['LLM_CANDIDATE_MODEL', 'LLM_CANDIDATE_PROMPT'];
    if (useless.length > 0) throw new ConfigError(useless.map((name) => SETTINGS.tell('USELESS_OF_TWO', { name, one, other })));
  } else if (config.LLM_BASE_URL === undefined && config.LLM_CANDIDATE_BASE_URL === undefined) {
    throw new ConfigError([SETTINGS.tell('NEEDED', { name: 'LLM_CANDIDATE_BASE_URL', other: 'LLM_CANDIDATE_MODEL' })]);
  }
}

type Made = Pick<CandidatePlan, 'config' | 'words' | 'prompt'>;

/** What writes advice by a generator, told by its parts. */
function versionOf(generator: GeneratorName, { config, words, prompt }: Made): AdviceVersion {
  const vocabulary = words.tongue.vocabulary.version;
  if (generator === 'RULES') return { generator, vocabulary, fingerprint: fingerprintOf([generator, RULE_VERSION, vocabulary]) };
  const { baseUrl = '', model = '' } = llmSettings(config) ?? {};
  const fingerprint = fingerprintOf([generator, baseUrl, model, JSON.stringify(prompt), vocabulary]);
  return { generator, model, promptVersion: prompt.version, vocabulary, fingerprint };
}

function fingerprintOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** What the candidate's generator is made of besides its own settings, for one state of recalls. */
type CandidateParts = Pick<LlmNeeds, 'pool' | 'logger' | 'meter' | 'workerId' | 'workers' | 'book' | 'known'> & {
  readonly state: RecallState;
};

/** The candidate's generator for a state of recalls, with a gate of its own words; undefined while its prompt is recalled. */
export function makeCandidate(
  { config, words: all, prompt }: CandidatePlan,
  { state, book, ...parts }: CandidateParts,
): Generator | undefined {
  const words = wordsIn(state, all);
  const { catalogue, tongue } = words;
  const gate = createSafetyGate(catalogue, tongue);
  const rules = new RulesGenerator(ALL_PROGRAMS, { catalogue, tongue, gate, book });
  const asksModel = config.GENERATOR === 'LLM';
  if (asksModel && isPromptRecalled(prompt.version, state)) return undefined;
  const llm = asksModel
    ? makeLlmGenerator({ ...parts, config, catalogue, tongue, gate, book, rules, prompt, isCandidate: true })
    : undefined;
  const made = llm ?? rules;
  return config.ADVICE_ONLY_REVIEWED === 'true' ? new SignedGenerator(made, words.refusals) : made;
}

/** Where the candidate's generator of the moment is, and how it is made anew. */
export interface CandidateMaking {
  readonly candidate: Generator | undefined;
  renewCandidate(): void;
}

/** What this process can try. */
export function candidateSeat(
  making: CandidateMaking,
  { config, words, plan }: { readonly config: Config; readonly words: AdviceWords; readonly plan: CandidatePlan | undefined },
): CandidateSeat {
  const prompt = loadPrompt(words.tongue.language);
  const seen = new Set<string>();
  return {
    version: () => (making.candidate === undefined ? undefined : plan?.version),
    inForce: (generator) => versionOf(generator, { config, words, prompt }),
    generatorFor: (rolloutId) => {
      if (!seen.has(rolloutId) && seen.size > 0) making.renewCandidate();
      seen.add(rolloutId);
      return making.candidate;
    },
  };
}
