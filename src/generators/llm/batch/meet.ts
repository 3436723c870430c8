import type { GenerationMeter } from '../../generation-meter.js';
import type { Account } from '../account.js';
import type { LearntForm } from '../call-form.js';
import type { DailyPrompt } from '../daily-prompt.js';
import type { Reply } from '../model.js';
import type { LlmSettings } from '../settings.js';
import type { BatchAnswer } from './read-batch.js';

/** What a batch brought for a patient: an answer, or none (in time). */
export interface Met {
  readonly reply: Reply | undefined;
}

/** Whose answer it is. */
interface Asked {
  readonly prompt: Pick<DailyPrompt, 'inputsHash'>;
  readonly account: Account;
}

/** Takes what a batch brought. What was paid for is booked, whether it can be used or not: an answer to other inputs, as where records came meanwhile, means something else. */
export function meet(
  answer: BatchAnswer | undefined,
  { prompt, account }: Asked,
  { settings, forms, meter }: { readonly settings: LlmSettings; readonly forms: LearntForm; readonly meter: GenerationMeter },
): Met {
  if (answer === undefined) return { reply: undefined };
  const { text, usage } = answer.reply;
  account.attempts += 1;
  account.form = forms.current;
  meter.paid(account.book(usage, settings.batch.priceFactor));
  if (usage.estimated !== undefined) meter.estimated(usage.estimated);
  return { reply: answer.inputsHash === prompt.inputsHash && text.trim() !== '' ? answer.reply : undefined };
}
