import { asTyped } from '../../base/as-typed.js';
import type { NightFigures } from '../../application/ports.js';
import { orderRollout } from '../../application/rollouts/order-rollout.js';
import { startRollout } from '../../application/rollouts/start-rollout.js';
import { sumOf } from '../../application/rollouts/watch-rollouts.js';
import type { GeneratorName } from '../../domain/outcome.js';
import { isRejection } from '../../domain/rejection.js';
import type { ArmFigures } from '../../domain/rollout/arm-figures.js';
import type { OrderRollout } from '../../domain/rollout/decide-rollout.js';
import type { AdviceVersion } from '../../domain/rollout/rollout-events.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import type { JudgedRows } from '../../domain/rollout/stop-rule.js';
import { RolloutQueries } from '../../projections/queries/rollout-queries.js';
import { withCore } from '../database/command-database.js';
import { refuseRun } from '../run/asked-run.js';
import { count } from '../screen/figures.js';
import { tableLines } from '../screen/table.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { nameOf, say } from '../words/catalogue.js';
import type { StartOptions } from './rollout-commands.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

const ACTOR = OWN_ACTORS.cli;
const MICROS = 1_000_000;

/** Begins a rollout. */
export function rolloutStart(shell: Shell, options: StartOptions): Promise<ExitCode> {
  return withCore(shell, 'existing', async ({ deps }) => {
    const { share: sharePercent, program, against, seed, reason, price, ...rest } = options;
    const thresholds = thresholdsOf(rest, price);
    const generator = against?.toUpperCase() as GeneratorName | undefined;
    const order = { program, sharePercent, thresholds, ...(generator && { against: generator }), ...(seed !== undefined && { seed }), ...(reason !== undefined && { reason }) }; // prettier-ignore
    const answer = await startRollout(deps, order, { actor: ACTOR });
    if (isRejection(answer)) return refuseRun(shell, answer);
    return told(shell, answer.rollout);
  });
}

function thresholdsOf(
  options: Omit<StartOptions, 'share' | 'program' | 'price'>,
  price: number | undefined,
): Partial<Rollout['request']['thresholds']> {
  const { leastUsers, relativePercent, falsehoodsPercent, gateDropsPercent, fallbacksPercent, failuresPercent } = options;
  const given = { leastUsers, relativePercent, falsehoodsPercent, gateDropsPercent, fallbacksPercent, failuresPercent, priceMicros: price === undefined ? undefined : price * MICROS }; // prettier-ignore
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Changes a rollout's share, stops it or promotes it. */
export function rolloutOrder(shell: Shell, rolloutId: string, asked: OrderRollout): Promise<ExitCode> {
  return withCore(shell, 'existing', async ({ deps }) => {
    const answer = await orderRollout(deps, { rolloutId, asked, actor: ACTOR });
    return isRejection(answer) ? refuseRun(shell, answer) : told(shell, answer);
  });
}

function told(shell: Shell, rollout: Rollout): ExitCode {
  shell.print(titleOf(rollout));
  shell.print(say('rolloutHow', { show: asTyped(`rollout show ${rollout.rolloutId}`) }));
  shell.printJson(rollout);
  return EXIT.done;
}

/** Lists the last 20 rollouts. */
export function rolloutList(shell: Shell): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const { rows } = await new RolloutQueries(core.orm.em.fork()).list({ first: 20 });
    if (rows.length === 0) shell.print(say('noRollouts', { command: asTyped('rollout start --share 5') }));
    else for (const line of tableLines(say('rolloutHeads').split('|'), rows.map(cellsOf))) shell.print(line);
    shell.printJson({ rollouts: rows });
    return EXIT.done;
  });
}

/** Shows both sides of a rollout side by side. */
export function rolloutShow(shell: Shell, rolloutId: string): Promise<ExitCode> {
  return withCore(shell, 'existing', async ({ deps }) => {
    const rollout = await deps.rollouts.find(rolloutId);
    if (rollout === undefined) throw new CommandFailed(say('expectRollout', { list: asTyped('rollout list') }), EXIT.failed);
    const nights = await deps.rollouts.nights(rolloutId);
    shell.print(titleOf(rollout));
    if (rollout.stop !== null) shell.print(say('rolloutStopped', { why: nameOf('RolloutStopCause', rollout.stop.cause) }));
    for (const line of sideLines(rollout, nights)) shell.print(line);
    shell.printJson({ ...rollout, figures: sumOf(nights), nights });
    return EXIT.done;
  });
}

function titleOf({ rolloutId, request, status, sharePercent }: Rollout): string {
  return say('rolloutTitle', {
    program: nameOf('ProgramName', request.program.toUpperCase()),
    share: sharePercent,
    status: nameOf('RolloutStatus', status),
    rollout: rolloutId,
  });
}

function cellsOf({ rolloutId, request, status, sharePercent, startedAt, actor }: Rollout): string[] {
  return [nameOf('RolloutStatus', status), `${sharePercent} %`, versionOf(request.candidate), startedAt.slice(0, 10), actor, rolloutId];
}

function versionOf({ generator, model, promptVersion, vocabulary }: AdviceVersion): string {
  return generator === 'RULES' ? `${nameOf('GeneratorName', generator)} ${vocabulary.replace('points-', '')}` : `${model} ${promptVersion}`;
}

function sideLines({ request, judged }: Rollout, nights: readonly NightFigures[]): string[] {
  const { CANDIDATE, IN_FORCE } = sumOf(nights);
  const [one, other] = [figuresOf(CANDIDATE, judged?.CANDIDATE), figuresOf(IN_FORCE, judged?.IN_FORCE)];
  const names = say('rolloutFigures').split('|');
  const rows = names.map((name, at) => [name, one[at] ?? '', other[at] ?? '']);
  return tableLines(say('rolloutSides').split('|'), [['', versionOf(request.candidate), versionOf(request.inForce)], ...rows]);
}

/** In the order of `rolloutFigures`. */
function figuresOf(figures: ArmFigures, { rows, falsehoods }: JudgedRows = { rows: 0, falsehoods: 0 }): string[] {
  const { users, advised, failed, fallbacks, pointsDropped, answersRefused, tokensIn, tokensOut, costMicros, durationMs } = figures;
  const of = (part: number): string => (users === 0 ? '–' : `${count(part)} (${((part * 100) / users).toFixed(1)} %)`);
  return [
    count(users),
    of(advised),
    of(failed),
    of(fallbacks),
    of(pointsDropped),
    of(answersRefused),
    rows === 0 ? '–' : `${count(falsehoods)} / ${count(rows)}`,
    `${count(tokensIn)} / ${count(tokensOut)}`,
    advised === 0 ? '–' : `US$ ${((costMicros * 1_000) / advised / MICROS).toFixed(4)}`,
    advised === 0 ? '–' : `${count(Math.round(durationMs / advised))} ms`,
  ];
}
