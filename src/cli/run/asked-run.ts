import { asTyped } from '../../base/as-typed.js';
import type { StoredRun } from '../../application/ports.js';
import type { RunAccepted } from '../../application/run/request-run.js';
import { USUAL_PROGRAM } from '../../domain/run/decide-request.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import type { Core } from '../../runtime/core.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { noWorker } from './living-workers.js';
import { pausedLines } from './paused-run.js';
import { lookUpRun } from './run-lookup.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import { refusalOf, sentenceOf } from '../words/refusal.js';
import { waitForRun } from './wait-for-run.js';
import type { WorkPlace } from './work-place.js';

const goesOn = (): string => say('runGoesOn', { watch: asTyped('watch') });

/** Tells which run was made, and with `wait` sees it through. @throws CommandFailed for a refusal */
export async function showAskedRun(
  shell: Shell,
  core: Core,
  answer: RunAccepted | Rejection,
  {
    wait,
    place,
    stopWhenPaused = false,
  }: { readonly wait: boolean; readonly place: WorkPlace; readonly stopWhenPaused?: boolean | undefined },
): Promise<ExitCode> {
  if (isRejection(answer)) {
    if (answer.code === 'RUN_ALREADY_ACTIVE') await sayWhatKeepsIt(shell, core, { answer, place });
    return refuseRun(shell, answer);
  }
  const stored = await lookUpRun(core, answer.run.runId);
  shell.print(titleOf(stored));
  if (wait)
    return waitForRun(shell, core, stored, {
      afterwards: place === 'here' ? say('waitsForWorker') : goesOn(),
      json: 'last',
      stopWhenPaused,
    });
  if (place === 'none') shell.screen.say(noWorker());
  shell.printJson(documentOf(stored, place));
  return EXIT.done;
}

/** Tells why the run that stands in the way does not end, where something keeps it. */
async function sayWhatKeepsIt(shell: Shell, core: Core, { answer, place }: { answer: Rejection; place: WorkPlace }): Promise<void> {
  const active = answer.runId === undefined ? undefined : await core.deps.runs.find(answer.runId);
  if (active?.run.status === 'PAUSED') for (const line of pausedLines(active.run)) shell.screen.say(line);
  else if (place !== 'elsewhere') shell.screen.say(say('runWaits'));
}

/** Tells a refusal, in JSON on stdout too. @throws CommandFailed, always */
export function refuseRun(shell: Pick<Shell, 'printJson'>, refusal: Rejection): never {
  const { code, runId } = refusal;
  shell.printJson({ rejected: { code, message: sentenceOf(refusal, 'en'), ...(runId !== undefined && { runId }) } }); // the same in every language
  throw new CommandFailed(refusalOf(refusal));
}

function titleOf({ run: { runId, request } }: StoredRun): string {
  const { program, recordDate, dryRun, shadow } = request;
  const kind = shadow === true ? say('kindShadow') : dryRun ? say('kindDry') : '';
  return say('runTitle', { run: runId, program: program === USUAL_PROGRAM ? '' : `, ${program}`, date: recordDate, kind });
}

function documentOf({ run: { runId, status, request } }: StoredRun, worker: WorkPlace): object {
  return { runId, status, program: request.program, recordDate: request.recordDate, dryRun: request.dryRun, worker };
}
