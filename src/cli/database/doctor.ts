import { styleText } from 'node:util';
import { findingIn } from '../../doctor/finding.js';
import { runDoctor, type Finding } from '../../doctor/run-doctor.js';
import { withDatabase } from './command-database.js';
import { hasEmbeddedDatabase } from './embedded-users.js';
import { EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import { endsWhenAsked } from '../shell/interruption.js';
import { padToWidth } from '../screen/text-width.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import { spokenLanguage } from '../words/language.js';

/** Options of `doctor`. */
export interface DoctorOptions {
  readonly invariants?: boolean;
  readonly afterRestore?: boolean;
}

/** Looks at everything the service needs and says what to do about what is amiss. JSON: all findings. */
export async function doctor(shell: Shell, { invariants = false, afterRestore = false }: DoctorOptions): Promise<ExitCode> {
  const findings = await examine(shell, { invariants, afterRestore });
  for (const line of findings.flatMap(findingLines)) shell.print(line);
  shell.print();
  shell.print(summaryLine(findings));
  // In English whatever is spoken: what scripts read is the same in every language.
  shell.printJson({ findings: findings.map(({ said, ...told }) => ({ ...told, code: said.found.code })) });
  return findings.some(({ status }) => status === 'problem') ? EXIT.failed : EXIT.done;
}

async function examine(shell: Shell, asked: Required<DoctorOptions>): Promise<readonly Finding[]> {
  const { config } = shell;
  if (config.DATABASE_URL === undefined && hasEmbeddedDatabase(config.DATA_DIR)) {
    try {
      return await withDatabase(shell, 'existing', ({ url }) => runDoctor(config, { ...asked, embeddedUrl: url }));
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      // What keeps the server from starting is a finding like any other: the doctor meets it too and says what to do.
    }
  }
  return endsWhenAsked(shell.signal, config.BATCH_GRACE_MS, runDoctor(config, asked));
}

const STYLES = { ok: 'green', warning: 'yellow', problem: 'red' } as const;

const LEVELS = { ok: 'doctorOk', warning: 'doctorWarning', problem: 'doctorProblem' } as const;

function findingLines(finding: Finding): string[] {
  const { check, found, advice } = findingIn(finding, spokenLanguage());
  const line = `${styleText(STYLES[finding.status], padToWidth(say(LEVELS[finding.status]), 8))} ${check}: ${found}`;
  return advice === null ? [line] : [line, `${' '.repeat(9)}→ ${advice}`];
}

function summaryLine(findings: readonly Finding[]): string {
  const [problems, warnings] = [numberOf('problem'), numberOf('warning')];
  const checks = findings.length;
  if (problems + warnings === 0) return say('checksWell', { checks });
  if (spokenLanguage() !== 'en') return say('checksAmiss', { checks, problems, warnings });
  return say('checksAmiss', { checks, problems: plural(problems, 'problem'), warnings: plural(warnings, 'warning') });

  function numberOf(wanted: Finding['status']): number {
    return findings.filter(({ status }) => status === wanted).length;
  }
}

function plural(number: number, word: string): string {
  return `${number === 0 ? 'no' : number} ${word}${number === 1 ? '' : 's'}`;
}
