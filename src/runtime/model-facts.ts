import type { ModelFacts } from '../application/ports.js';
import type { Config } from '../config.js';
import { DailyPrompts, type PromptParts } from '../generators/llm/daily-prompt.js';
import { loadPrompt } from '../generators/llm/prompt-file.js';
import { guessTokens } from '../generators/llm/token-guess.js';
import { llmSettings } from '../generators/llm/llm-settings.js';

/** What the configured model costs and lets through; undefined where none is. */
export function modelFacts(config: Config, { catalogue, tongue }: Pick<PromptParts, 'catalogue' | 'tongue'>): ModelFacts | undefined {
  const settings = llmSettings(config);
  if (settings === undefined) return undefined;
  const { price, requestsPerMinute, tokensPerMinute } = settings;
  return {
    price,
    guess: guessTokens(new DailyPrompts({ catalogue, tongue, prompt: loadPrompt(tongue.language) })),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
  };
}
