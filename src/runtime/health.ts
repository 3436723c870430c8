import type { Ground } from '../doctor/requirement.js';
import { examine } from '../doctor/requirement.js';
import { REQUIREMENTS } from '../doctor/requirements.js';
import type { Finding } from '../doctor/finding.js';
import type { Logger } from '../server/http/options.js';
import { runDoctor } from '../doctor/run-doctor.js';
import { sharedAnswer } from './shared-answer.js';

/** ms between two looks that are told in the log. */
const EVERY_MS = 60_000;

/** ms after which an examination is not waited for any more. */
const GIVEN_UP_MS = 120_000;

const BLOCKING: ReadonlySet<string> = new Set(REQUIREMENTS.filter(({ blocks }) => blocks === true).map(({ check }) => check));

/** Whether a finding keeps a process from being ready: no run could work on any process. */
export function isBlocking({ check, status }: Finding): boolean {
  return status === 'problem' && BLOCKING.has(check);
}

/**
 * What a process knows of the requirements of a run: the findings of the doctor, asked for by `/readyz` and told in the log, at the start and whenever one
 * changes.
 */
export class Health {
  /** What readiness is judged by. Callers that ask meanwhile, or within a second, share the answer. */
  readonly look: () => Promise<readonly Finding[]>;
  private examined: { readonly at: number; readonly findings: Promise<readonly Finding[]> } | undefined;
  private told: ReadonlyMap<string, Finding['status']> = new Map();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private first: Promise<void> = Promise.resolve();

  constructor(
    private readonly ground: Ground,
    private readonly logger: Logger,
  ) {
    this.look = sharedAnswer(() => examine(REQUIREMENTS, ground, 'readiness'));
  }

  /**
   * Everything the command `doctor` looks at, its invariants apart. One look at a time, however many ask: it tries a run and asks the model. One that takes
   * longer than anything may is given up for the next caller.
   */
  examine(): Promise<readonly Finding[]> {
    const now = performance.now();
    if (this.examined !== undefined && now - this.examined.at < GIVEN_UP_MS) return this.examined.findings;
    const { config, url } = this.ground;
    const findings = runDoctor(config, { invariants: false, embeddedUrl: url });
    const mine = { at: now, findings };
    this.examined = mine;
    const forget = (): void => void (this.examined === mine && (this.examined = undefined));
    findings.then(forget, forget);
    return findings;
  }

  /** Settles when the first look is over; the service does not wait for it. */
  get begun(): Promise<void> {
    return this.first;
  }

  /** Tells the log what is amiss now, and from then on what changes. No caller waits for it. */
  start(): void {
    this.first = this.tell(() => examine(REQUIREMENTS, this.ground, 'start')).finally(() => this.again());
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private again(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.tell(() => this.look()).finally(() => this.again()), EVERY_MS);
    this.timer.unref();
  }

  private async tell(question: () => Promise<readonly Finding[]>): Promise<void> {
    const findings = await question().catch(() => []);
    if (this.stopped) return;
    for (const finding of findings) if ((this.told.get(finding.check) ?? 'ok') !== finding.status) this.say(finding);
    this.told = new Map([...this.told, ...findings.map(({ check, status }) => [check, status] as const)]);
  }

  private say({ check, status, found, advice }: Finding): void {
    const fields = { check, status, advice };
    if (status === 'ok') this.logger.info(fields, `${check}: all is well again; ${found}`);
    else if (status === 'warning') this.logger.warn(fields, `${check}: ${found}`);
    else this.logger.error(fields, `${check}: ${found}`);
  }
}
