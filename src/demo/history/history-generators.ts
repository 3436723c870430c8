import type { Generated, Generator, GeneratorStanding } from '../../application/ports.js';
import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { Trace } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
import { DemoRandom } from '../demo-random.js';
import type { HistoryClock } from './tell-history.js';
import type { Sky } from './story.js';
import { PAUSES } from '../../domain/run/pause-words.js';

/** What the generators of the history are made of. */
export interface GeneratorParts {
  /** The service's own rules, which write all of its advice. */
  readonly rules: Generator;
  readonly clock: HistoryClock;
  readonly sky: Sky;
  readonly seed: number;
}

/** ms that the rules take for a user. */
const RULES_MS = 0.9;
/** ms by which an answer of the model holds up a run that asks for many at once, and what one takes by itself. */
const MODEL_MS = 85;
const ANSWER_MS = 1_900;
/** Name and figures of an invented model; prices are in millionths of a dollar for a token. */
const MODEL = { model: 'demo-model', promptVersion: 'demo', priceIn: 0.15, priceOut: 0.6 } as const;

const AWAY = PAUSES.tell('DEMO_MODEL_AWAY').text;

/** The rules, which fail for some users when the story says so. */
export class HistoryRules implements Generator {
  readonly name = 'RULES';
  readonly concurrency = 1;

  constructor(private readonly parts: GeneratorParts) {}

  generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> | Generated {
    const { clock, sky, rules } = this.parts;
    clock.spend(RULES_MS);
    const { share, code } = sky.weather.failing;
    if (randomOf(this.parts, inputs).chance(share)) return { status: 'failed', code, retryable: false, attempts: 1 };
    return rules.generate(inputs, program, signal, runId);
  }
}

/** A language model that there never was: the rules write its advice, and its time, tokens and cost are drawn. */
export class HistoryModel implements Generator {
  readonly name = 'LLM';
  readonly concurrency = 1;

  constructor(private readonly parts: GeneratorParts) {}

  standing(): GeneratorStanding {
    return this.parts.sky.modelAnswers ? { status: 'SERVES' } : { status: 'AWAY', reason: AWAY };
  }

  async generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> {
    const { clock, sky, rules } = this.parts;
    if (!sky.modelAnswers) return { status: 'unavailable', reason: AWAY };
    sky.served += 1;
    const random = randomOf(this.parts, inputs);
    const { weather } = sky;
    clock.spend(MODEL_MS * weather.slowness);
    const trace = traceOf(random);
    if (random.chance(weather.failing.share)) {
      return { status: 'failed', code: 'GENERATOR_TIMEOUT', retryable: true, attempts: 3, trace };
    }
    const made = await rules.generate(inputs, program, signal, runId);
    if (made.status !== 'generated') return made;
    const durationMs = Math.round(ANSWER_MS * weather.slowness * (0.6 + 0.8 * random.fraction()));
    if (random.chance(weather.fallback)) {
      const fallen = { ...trace, fallbackReason: 'GENERATOR_TIMEOUT' } as const;
      return { ...made, attempts: 3, durationMs, fallbackOf: 'LLM', generator: 'RULES', trace: fallen };
    }
    return { ...made, row: { ...made.row, inputOllamaModel: MODEL.model }, durationMs, trace };
  }
}

function traceOf(random: DemoRandom): Trace {
  const [tokensIn, tokensOut] = [random.around(620, 45), random.around(95, 12)];
  const costMicros = Math.ceil(tokensIn * MODEL.priceIn + tokensOut * MODEL.priceOut);
  return { tokens: tokensIn + tokensOut, tokensIn, tokensOut, costMicros, model: MODEL.model, promptVersion: MODEL.promptVersion };
}

/** The same for a user and a record date whatever else was drawn: a night does not depend on the nights before it. */
function randomOf({ seed }: GeneratorParts, { userId, recordDate }: PatientInputs): DemoRandom {
  return new DemoRandom(seed, userId, Date.parse(`${recordDate}T00:00:00Z`) / 86_400_000 + NIGHTS);
}

/** Keeps these numbers apart from those that a patient's days are drawn with. */
const NIGHTS = 0x4000_0000;
