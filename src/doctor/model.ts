import type { Pool } from 'pg';
import { Workers } from '../store/workers.js';
import type { Config } from '../config/config.js';
import { GenerationMeter } from '../generators/generation-meter.js';
import { askAboutNobody } from '../generators/llm/ask-about-nobody.js';
import type { ModelFailure } from '../generators/llm/model-failure.js';
import { loadPrompt } from '../generators/llm/prompt-file.js';
import type { LlmSettings } from '../generators/llm/settings.js';
import { pauseTold } from '../domain/run/pause-words.js';
import { outageTold } from '../generators/llm/call-failure.js';
import { loadAdviceWords, signedWords } from '../generators/advice-words.js';
import { standingSignatures } from '../store/review-store.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Whether the configured language model takes a question as long as a patient's, which holds none, and answers with something that a run can read; and whether the workers find so, too. */
export async function judgeModel(config: Config, pool: Pool): Promise<CheckResult> {
  const settings = llmSettings(config);
  if (settings === undefined) return ok(tell('MODEL_NONE'));
  const meter = new GenerationMeter();
  const { catalogue, tongue } = signedWords(loadAdviceWords(config), await standingSignatures(pool));
  const asked = await askAboutNobody({ settings, catalogue, tongue, prompt: loadPrompt(tongue.language), meter });
  if (asked.status === 'FAILS') return failing(asked.failure, settings);
  if (asked.status === 'UNREADABLE') return unreadable(asked.wrong, settings);
  const seen = await new Workers(pool).modelProblem();
  const { model } = settings;
  if (seen !== null) return warning(tell('MODEL_ANSWERS_BUT', { model, problem: pauseTold(seen) }), tell('TRIED_AGAIN'));
  const estimated = [...meter.estimates.keys()][0];
  if (estimated === undefined) return ok(tell('MODEL_ANSWERS', { model }));
  const usage = estimated === 'MISSING' ? 'MODEL_WITHOUT_USAGE' : 'MODEL_WITH_WRONG_USAGE';
  return warning(tell(usage, { model }), tell('TOKENS_ESTIMATED'));
}

function failing(failure: ModelFailure, { onOutage }: LlmSettings): CheckResult {
  return problem(outageTold(failure).said, tell(onOutage === 'PAUSE' ? 'RUNS_PAUSE_SO_START' : 'RULES_WRITE_SO_START'));
}

/** It works, as far as the endpoint goes: an operator who watches that alone would not see that no advice is the model's. */
function unreadable(wrong: string, { model, fallback, maxOutputTokens }: LlmSettings): CheckResult {
  const advice = fallback === 'RULES' ? 'RULES_WRITE_SO_CHOOSE' : 'USERS_FAIL_SO_CHOOSE';
  return warning(tell('MODEL_UNREADABLE', { model, place: wrong }), tell(advice, { tokens: maxOutputTokens }));
}
