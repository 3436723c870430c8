import type { Pool } from 'pg';
import { Workers } from '../store/workers.js';
import type { Config } from '../config.js';
import { GenerationMeter } from '../generators/generation-meter.js';
import { askAboutNobody } from '../generators/llm/ask-about-nobody.js';
import type { ModelFailure } from '../generators/llm/model-failure.js';
import { loadPrompt } from '../generators/llm/prompt-file.js';
import type { LlmSettings } from '../generators/llm/settings.js';
import { outageReason } from '../generators/llm/verdicts.js';
import { loadAdviceWords } from '../generators/advice-words.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import { ok, problem, warning, type Verdict } from './finding.js';

/** Whether the configured language model takes a question as long as a patient's, which holds none, and answers with something that a run can read; and whether the workers find so, too. */
export async function judgeModel(config: Config, pool: Pool): Promise<Verdict> {
  const settings = llmSettings(config);
  if (settings === undefined) return ok('none is configured');
  const meter = new GenerationMeter();
  const { catalogue, tongue } = loadAdviceWords(config);
  const asked = await askAboutNobody({ settings, catalogue, tongue, prompt: loadPrompt(tongue.language), meter });
  if (asked.status === 'FAILS') return failing(asked.failure, settings);
  if (asked.status === 'UNREADABLE') return unreadable(asked.wrong, settings);
  const seen = await new Workers(pool).modelProblem();
  const found = `${settings.model} answers a question about nobody`;
  if (seen !== null)
    return warning(
      `${found}; a worker found otherwise when it last tried: ${seen}`,
      'It is tried again by itself, with one user of a run.',
    );
  const estimated = [...meter.estimates.keys()][0];
  if (estimated === undefined) return ok(found);
  const why = estimated === 'MISSING' ? 'tells no usage' : 'tells a usage that cannot be';
  return warning(`${found}, and ${why}`, 'Tokens are estimated from the texts, and money is counted at the most that it can have been.');
}

function failing(failure: ModelFailure, { onOutage }: LlmSettings): Verdict {
  const consequence = onOutage === 'PAUSE' ? 'A run by it pauses until that is over.' : 'The rules stand in for it until that is over.';
  return problem(outageReason(failure), `${consequence} Start the endpoint, or correct LLM_BASE_URL, LLM_MODEL and LLM_API_KEY.`);
}

/** It works, as far as the endpoint goes: nobody who watches that alone would see that no advice is the model's. */
function unreadable(wrong: string, { model, fallback, maxOutputTokens }: LlmSettings): Verdict {
  const consequence =
    fallback === 'RULES' ? 'The rules write the advice of every user whom it answers so' : 'Every user whom it answers so fails';
  return warning(
    `${model} answers a question about nobody, but with nothing that can be read (what is wrong: ${wrong})`,
    `${consequence}, and its calls are paid all the same. Choose a model that keeps to JSON, raise LLM_MAX_OUTPUT_TOKENS (${maxOutputTokens}) if its answers are cut, ` +
      'or take an endpoint that holds it to a schema (LLM_STRUCTURED_OUTPUT=on).',
  );
}
