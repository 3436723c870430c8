import type pg from 'pg';
import type { Generated, Generator, GeneratorStanding, ModelBatches, OfferedWords } from '../application/ports.js';
import { batchesBy } from './batches-by.js';
import type { PatientInputs } from '../domain/advice/patient-inputs.js';
import { POINT_CODES } from '../domain/advice/points/said-text.js';
import { lackingFor } from '../domain/advice/review.js';
import type { GeneratorName } from '../domain/outcome.js';
import { PROGRAMS, type Program } from '../domain/program.js';
import type { RecallCause } from '../domain/recall/recall-cause.js';
import { NOTHING_RECALLED, withoutRecalled, type MadeOf, type RecallState } from '../domain/recall/recalled-words.js';
import type { StandingSignature } from '../domain/signing/signature.js';
import { readRecallState } from '../store/recall-store.js';
import { signedWords, wordsIn, type AdviceWords } from './advice-words.js';
import { signableRows, type SignableRows } from './signable-rows.js';

/** What generators are made of, and their maker. */
export interface RenewalParts {
  /** Without any recall. */
  readonly words: AdviceWords;
  /** What is recalled now; undefined where the state still has the known number. */
  readonly read: (known: number) => Promise<RecallState | undefined>;
  /** Generators, and the gate that they pass, of the same words: always of the same names. */
  readonly make: (words: AdviceWords, state: RecallState) => readonly Generator[];
  /** The generator that is tried on a share of users; undefined where there is none in this state. */
  readonly makeCandidate?: (state: RecallState) => Generator | undefined;
}

/**
 * The generators of this process. They are made anew, and their gate with them, when something was recalled or given back, or signed where that counts: so neither offers what is away, nor lets it pass. What an old one has under
 * way it ends; its advice is not written, since it was made under another state (`PartWriter`).
 */
export class RenewedGenerators implements OfferedWords {
  /** One for each generator, the same for the life of the process: asks the one that is there now. */
  readonly generators: readonly Generator[];
  #state: RecallState = NOTHING_RECALLED;
  #made: ReadonlyMap<GeneratorName, Generator>;
  #candidate: Generator | undefined;
  #renewing: Promise<number> | undefined;

  constructor(private readonly parts: RenewalParts) {
    this.#made = byName(parts.make(parts.words, NOTHING_RECALLED));
    this.#candidate = parts.makeCandidate?.(NOTHING_RECALLED);
    this.generators = [...this.#made.keys()].map((name) => new PresentGenerator(name, () => this.#made.get(name) as Generator));
  }

  /** What is tried on a share of users, made of the words of now. */
  get candidate(): Generator | undefined {
    return this.#candidate;
  }

  /** Makes it anew of the same words: what it has learnt of its endpoint is forgotten. */
  renewCandidate(): void {
    this.#candidate = this.parts.makeCandidate?.(this.#state);
  }

  renew(): Promise<number> {
    // A look that began before this one was asked for may be too old; one that is waited for after it is not.
    const before = this.#renewing ?? Promise.resolve(0);
    const renewing = before.catch(() => 0).then(() => this.#look());
    this.#renewing = renewing;
    return renewing;
  }

  knows(cause: RecallCause): boolean {
    const { catalogue, vocabulary } = this.parts.words.explainer;
    if (cause.kind === 'DISH') return catalogue.indexOfCode(cause.dish) >= 0;
    if (cause.kind === 'PROMPT') return true;
    const point = vocabulary.points[vocabulary.placeOf(cause.point)];
    // A point of an earlier release is in no vocabulary any more, and may be in rows.
    if (cause.kind === 'POINT') return point !== undefined || POINT_CODES.of(cause.point) !== undefined;
    return point?.wordings[cause.language][cause.wording] !== undefined;
  }

  get signable(): SignableRows {
    return signableRows(this.parts.words.explainer);
  }

  get onlySigned(): boolean {
    return this.parts.words.onlySigned;
  }

  warns(point: string): boolean {
    const { vocabulary } = this.parts.words.explainer;
    return vocabulary.points[vocabulary.placeOf(point)]?.warns === true;
  }

  lackingWithout(causes: readonly RecallCause[], signatures: readonly StandingSignature[]): readonly string[] {
    const { catalogue, tongue } = signedWords(this.parts.words, signatures);
    const all = { catalogue, vocabulary: tongue.vocabulary };
    const before = new Set(lackingIn(all));
    return lackingIn(withoutRecalled(all, { number: 1, causes }, tongue.language)).filter((lacking) => !before.has(lacking));
  }

  async #look(): Promise<number> {
    const state = await this.parts.read(this.#state.number);
    if (state !== undefined) {
      this.#made = byName(this.parts.make(wordsIn(state, this.parts.words), state));
      this.#candidate = this.parts.makeCandidate?.(state);
      this.#state = state;
    }
    return this.#state.number;
  }
}

function lackingIn({ catalogue, vocabulary }: MadeOf): string[] {
  return PROGRAMS.flatMap((program) => lackingFor(program, catalogue, vocabulary).map((lacking) => `${program} ${lacking}`));
}

function byName(generators: readonly Generator[]): ReadonlyMap<GeneratorName, Generator> {
  return new Map(generators.map((each) => [each.name, each]));
}

/** Asks the generator that a process has now. */
class PresentGenerator implements Generator {
  /** Answers of a batch are read by the generator of the moment in which they are read: what they were asked with may be recalled by then. */
  readonly batches?: ModelBatches;

  constructor(
    readonly name: GeneratorName,
    private readonly present: () => Generator,
  ) {
    const { batches } = present();
    if (batches === undefined) return;
    const now = (): ModelBatches => present().batches ?? batches;
    this.batches = batchesBy(now, { answered: (answers) => new PresentGenerator(name, () => now().answered(answers)) });
  }

  get concurrency(): number {
    return this.present().concurrency;
  }

  get partUsers(): number {
    return this.present().partUsers ?? Number.POSITIVE_INFINITY;
  }

  readonly standing = (program: Program): GeneratorStanding => this.present().standing?.(program) ?? { status: 'SERVES' };

  readonly tryNow = (): void => this.present().tryNow?.();

  generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> | Generated {
    return this.present().generate(inputs, program, signal, runId);
  }
}

/** For use cases whose advice is made of no words of ours: a recall takes nothing from it, and is waited for all the same. */
export function wordsOfNoFile(pool: Pick<pg.Pool, 'query'>): OfferedWords {
  return {
    renew: async () => (await readRecallState(pool, { number: -1, withSignatures: false }))?.number ?? 0,
    knows: () => true,
    warns: () => false,
    signable: new Map(),
    onlySigned: false,
    lackingWithout: () => [],
  };
}
