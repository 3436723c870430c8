import type { Core } from '../../runtime/core.js';
import { ensureFirstRun, runOfLastSlot } from '../../runtime/first-start.js';
import { followRun } from '../run/follow-run.js';
import { summaryLines } from '../run/wait-for-run.js';
import { isRejection } from '../../domain/rejection.js';
import { sentenceOf } from '../words/refusal.js';
import { say } from '../words/catalogue.js';
import type { Config } from '../../config/config.js';
import type { Logger } from '../../server/http/options.js';
import type { InstanceInfo } from '../../runtime/instance-lock.js';
import type { ProcessRole } from '../../runtime/service.js';
import type { Screen } from '../screen/screen.js';

/**
 * Runs last night's batch over new demo patients and shows it until it has ended. Where a schedule was faster its run is shown instead, and
 * a run that cannot be had keeps no service from starting. isAfterHistory: whether the nights before it were made and nothing ran since: then its slot asks for it
 */
export async function showFirstRun(
  core: Core,
  demo: { readonly until: string; readonly isAfterHistory: boolean },
  serving: Serving,
): Promise<void> {
  const { screen, signal } = serving;
  const ofSlot = demo.isAfterHistory ? await runOfLastSlot(core, demo) : undefined;
  const answer = ofSlot === undefined ? await ensureFirstRun(core, demo) : undefined;
  if (ofSlot === undefined && answer === undefined) return;
  const refused = answer !== undefined && isRejection(answer) ? answer : undefined;
  const runId = ofSlot ?? refused?.runId ?? (answer !== undefined && !isRejection(answer) ? answer.run.runId : undefined);
  const stored = runId === undefined ? undefined : await core.deps.runs.find(runId);
  if (stored === undefined) return screen.say(say('noFirstRun', { why: refused === undefined ? say('inNoView') : sentenceOf(refused) }));
  const progress = await followRun(
    core,
    { runId: stored.run.runId, month: stored.month },
    {
      screen,
      label: `  ${say('lastNight')}`,
      pollMs: serving.config.BATCH_POLL_MS,
      signal,
      afterwards: say('firstRunWaits'),
      stopWhenPaused: true, // the service is ready all the same, and is what an operator resumes it with
    },
  );
  screen.say();
  for (const line of summaryLines(progress)) screen.say(`  ${line}`);
}

/** What a service is started with. */
export interface Serving {
  readonly config: Config;
  readonly role: ProcessRole;
  readonly screen: Screen;
  readonly logger: Logger;
  /** Aborts when the service is to stop. */
  readonly signal: AbortSignal;
  /** Called when everything is up and, on a first start, the first run has ended. */
  readonly onReady: (addresses: InstanceInfo['addresses']) => void;
}
