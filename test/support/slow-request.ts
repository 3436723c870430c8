import type { Deps } from '../../src/application/ports.js';
import { requestRun } from '../../src/application/run/request-run.js';
import type { RequestRun } from '../../src/domain/run/decide-request.js';
import { gate } from './gate.js';

/** A run whose request is written and not committed. */
export interface SlowRequest {
  readonly runId: Promise<string>;
  commit(): void;
}

/** Asks for a run, and lets the transaction that says so stand still just before its commit. */
export async function slowRequest(deps: Deps, order: Omit<RequestRun, 'trigger'>): Promise<SlowRequest> {
  const [written, go] = [gate(), gate()];
  const transaction: Deps['transaction'] = (work) =>
    deps.transaction(async (tx, attempt) => {
      const result = await work(tx, attempt);
      written.open();
      // A transaction that is idle for long is ended by the server, and on a busy machine it stands still for longer than that.
      const busy = setInterval(() => void tx.now().catch(() => undefined), 1_000);
      await go.opened.finally(() => clearInterval(busy));
      return result;
    });
  const asked = requestRun({ ...deps, transaction }, { trigger: 'MANUAL', ...order }, { actor: 'slow' });
  await written.opened;
  const runId = asked.then((answer) => {
    if (answer.status === 'rejected') throw new Error(`the slow run was refused: ${answer.code}`);
    return answer.run.runId;
  });
  return { runId, commit: () => go.open() };
}
