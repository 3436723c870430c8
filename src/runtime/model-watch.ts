import { asTyped } from '../as-typed.js';
import type { CircuitListener } from '../generators/llm/circuit.js';
import type { GenerationMeter } from '../generators/generation-meter.js';
import type { ReadingListener } from '../generators/llm/readability.js';
import { outageReason } from '../generators/llm/verdicts.js';
import type { Logger } from '../server/http/options.js';

/** Where what a process meets of its model is told. */
export interface ModelWatchNeeds {
  readonly logger: Logger;
  readonly meter: GenerationMeter;
  /** As configured. */
  readonly model: string;
  /** Keeps what is wrong with the model where `/readyz`, `status` and the doctor find it; null when nothing is. */
  readonly note: (problem: string | null) => void;
}

/** An operator hears once of what begins, at a level that fits: what no wait mends is an error. Vain trials are told of quietly. */
export function watchModel({ logger, meter, model, note }: ModelWatchNeeds): CircuitListener & ReadingListener {
  let away: string | undefined;
  let unreadable: string | undefined;
  const tell = (): void => note(away ?? unreadable ?? null);
  return {
    away: (failure, forMs, trials) => {
      const { kind: code, status } = failure;
      meter.wentAway(code);
      away = outageReason(failure);
      tell();
      const facts = { code, status, forMs, trials };
      if (trials > 0) logger.info(facts, 'the language model was tried with one user, in vain');
      else if (code === 'REFUSED' || code === 'UNFIT') logger.error(facts, `${away}. It is not asked until that is mended`);
      else logger.warn(facts, `${away}. It is left alone for a while, and then tried with one user`);
    },
    back: () => {
      meter.cameBack();
      away = undefined;
      tell();
      logger.info({}, 'the language model answers again');
    },
    unreadable: () => {
      unreadable = `${model} answers, but with nothing that can be read: no advice is its own. "${asTyped('doctor')}" says what to do`;
      tell();
      logger.warn({ code: 'MALFORMED_ANSWER' }, unreadable);
    },
    readable: () => {
      unreadable = undefined;
      tell();
      logger.info({}, "the language model's answers can be read again");
    },
  };
}
