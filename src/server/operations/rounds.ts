import type { Admitted } from './admitted.js';
import type { Departure } from './departure.js';
import { type Execute, type InRound, isAskedBy, Round } from './round.js';
import type { RoundPlaces } from './round-places.js';

/** ms between the beginnings of two rounds of one question for each asker of the first of them, and at most. */
const APART_MS = 4;
const MAX_APART_MS = 400;

/**
 * Rounds of questions. All who ask the same question before its next round begins are answered by that round, and a question has one round at a time: no answer is
 * older than the question. A caller who asks alone waits for no other.
 */
export class Rounds {
  private readonly questions = new Map<string, Question>();

  constructor(private readonly places: Pick<RoundPlaces, 'now' | 'later'>) {}

  /** Joins the next round of a question. @param caller who asks @param execute called if the round is begun in this caller's name */
  join(question: string, caller: string, execute: Execute): InRound {
    let found = this.questions.get(question);
    if (found === undefined) {
      found = new Question(this.places, () => this.questions.delete(question));
      this.questions.set(question, found);
    }
    return found.join(caller, execute);
  }

  /** Begins to answer a question that no one else is asking, for its asker alone. @returns undefined where others ask it, or no place is free: `join` then. To be closed */
  first(question: string, caller: string, client: Departure | undefined): Admitted | undefined {
    if (this.questions.has(question)) return undefined;
    const admitted = this.places.now(caller, client);
    if (admitted === undefined) return undefined;
    const asked = new Question(this.places, () => this.questions.delete(question));
    this.questions.set(question, asked);
    return asked.answerAlone(admitted);
  }

  /** Questions that are being answered, or were just now. */
  get size(): number {
    return this.questions.size;
  }
}

class Question {
  private next: Round | undefined;
  /** The round that was begun last: the next one waits for its end. */
  private last: Pick<Round, 'isAskedOver'> | undefined;
  private isBusy = false;

  constructor(
    private readonly places: Pick<RoundPlaces, 'now' | 'later'>,
    private readonly onIdle: () => void,
  ) {}

  join(caller: string, execute: Execute): InRound {
    const isFirst = this.next === undefined;
    const round = (this.next ??= new Round(this.places, { begun: () => this.begin(round), abandoned: () => this.abandon(round) }));
    const place = round.join(caller, execute);
    if (isFirst && !this.isBusy) round.open();
    return { ...place, isAskedOver: (connection) => place.isAskedOver(connection) || this.last?.isAskedOver(connection) === true };
  }

  /** A round of one asker, in whose operation it is. The next round waits for its end, as for any. */
  answerAlone(admitted: Admitted): Admitted {
    const { operation } = admitted;
    this.isBusy = true;
    this.last = { isAskedOver: (connection) => isAskedBy(operation, connection) };
    return {
      operation,
      close: () => {
        admitted.close();
        this.goOn();
      },
    };
  }

  private begin(round: Round): void {
    this.next = undefined;
    this.last = round;
    this.isBusy = true;
    const beganAt = performance.now();
    const apartMs = Math.min(MAX_APART_MS, (round.size - 1) * APART_MS);
    void this.goOnAfter(round, beganAt + apartMs);
  }

  private async goOnAfter({ answer }: Round, notBefore: number): Promise<void> {
    await answer.promise;
    const restMs = notBefore - performance.now();
    if (restMs > 0) setTimeout(() => this.goOn(), restMs).unref();
    else this.goOn();
  }

  private abandon(round: Round): void {
    if (this.next !== round) return;
    this.next = undefined;
    if (!this.isBusy) this.onIdle();
  }

  private goOn(): void {
    this.isBusy = false;
    if (this.next === undefined) this.onIdle();
    else this.next.open();
  }
}
