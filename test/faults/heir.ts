import { setTimeout as sleep } from 'node:timers/promises';
import type { PatientsDatabase } from '../support/patients-database.js';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.js';
import { patiently } from './patiently.js';
import { SHORT_LEASE, type RunGround } from './run-ground.js';

/** A worker that lives as long as the ground, and can be made to stand still while another is struck. */
export interface Heir extends ServiceProcess {
  /** Stops it at a moment when it holds no lock: what it held would be kept from everybody else. */
  freeze(): Promise<void>;
  thaw(): void;
}

/** Starts one. */
export async function heirOn(ground: RunGround, environment: Readonly<Record<string, string>> = SHORT_LEASE): Promise<Heir> {
  const heir = ground.resources.use(await startServiceProcess(ground.database, 'worker', environment));
  return {
    ...heir,
    async freeze() {
      await patiently(async () => {
        await patiently(() => isIdle(ground.database));
        heir.child.kill('SIGSTOP');
        if (await staysIdle(ground.database)) return true;
        heir.child.kill('SIGCONT');
        return false;
      });
    },
    thaw: () => void heir.child.kill('SIGCONT'),
  };
}

/** Looks at a server that has a core only now and then: what was on its way when the process stopped begins meanwhile. */
const LOOKS = 10;
const BETWEEN_MS = 10;

async function staysIdle(database: PatientsDatabase): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (!(await isIdle(database))) return false;
    await sleep(BETWEEN_MS);
  }
  return true;
}

/** Whether no session of the database is at a statement or in a transaction. */
async function isIdle(database: PatientsDatabase): Promise<boolean> {
  const text = `select 1 from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
  return (await database.column(text)).length === 0;
}
