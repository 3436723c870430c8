import { isRejection } from '../../domain/rejection.js';
import {
  changeScheduleBy,
  createScheduleFrom,
  deleteScheduleNow,
  pauseScheduleBecause,
  resumeScheduleNow,
  type ScheduleAnswer,
  type ScheduleEdit,
} from '../../application/schedules/edit-schedules.js';
import type { Deciding, Ordering } from '../../application/ports.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import { withCore } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { localWords, nextSlotOf, scheduleDocument, whenWords } from './schedule-document.js';
import { refuse } from './schedule-preview.js';
import type { Shell } from '../shell/shell.js';
import { givesSettings, inputOf, type SettingsOptions } from './schedule-options.js';
import { say } from '../words/catalogue.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** Options of every command on one schedule. */
export interface EditOptions {
  readonly expectedVersion?: number;
}

/** The actor of what is done on the command line, in the log. */
export const CLI_ACTOR = OWN_ACTORS.cli;

/** Makes a schedule. */
export function scheduleCreate(shell: Shell, options: SettingsOptions): Promise<ExitCode> {
  return carryOut(shell, 'any', say('doneCreated'), (deps) => createScheduleFrom(deps, { input: inputOf(options), actor: CLI_ACTOR }));
}

/** Changes the settings that are given. */
export async function scheduleUpdate(shell: Shell, id: string, options: SettingsOptions & EditOptions): Promise<ExitCode> {
  if (!givesSettings(options)) throw new CommandFailed(say('nothingToChange'), EXIT.usage);
  return carryOut(shell, 'existing', say('doneUpdated'), (deps) => changeScheduleBy(deps, editOf(id, options), inputOf(options)));
}

/** Deletes a schedule. */
export function scheduleDelete(shell: Shell, id: string, options: EditOptions): Promise<ExitCode> {
  return carryOut(shell, 'existing', say('doneDeleted'), (deps) => deleteScheduleNow(deps, editOf(id, options)));
}

/** Pauses a schedule. */
export function schedulePause(shell: Shell, id: string, options: EditOptions & { readonly reason: string }): Promise<ExitCode> {
  return carryOut(shell, 'existing', say('donePaused'), (deps) => pauseScheduleBecause(deps, editOf(id, options), options.reason));
}

/** Resumes a schedule. */
export function scheduleResume(shell: Shell, id: string, options: EditOptions): Promise<ExitCode> {
  return carryOut(shell, 'existing', say('doneResumed'), (deps) => resumeScheduleNow(deps, editOf(id, options)));
}

function editOf(scheduleId: string, { expectedVersion }: EditOptions): ScheduleEdit {
  return { scheduleId, actor: CLI_ACTOR, expectedVersion };
}

async function carryOut(
  shell: Shell,
  need: Parameters<typeof withCore>[1],
  done: string,
  work: (deps: Deciding & Ordering) => Promise<ScheduleAnswer>,
): Promise<ExitCode> {
  const { answer, now } = await withCore(shell, need, async ({ deps }) => ({ answer: await work(deps), now: deps.clock() }));
  if (isRejection(answer)) return refuse(shell, answer);
  for (const line of lines(answer, done, now)) shell.print(line);
  shell.printJson(scheduleDocument(answer, now));
  return EXIT.done;
}

function lines(schedule: Schedule, done: string, now: Date): string[] {
  const { scheduleId, settings, status, settingsVersion } = schedule;
  const first = say('scheduleDone', { done, name: settings.name, schedule: scheduleId, version: settingsVersion });
  if (status === 'DELETED') return [first];
  const next = nextSlotOf(schedule, now);
  const ready = typeof settings.readyBy === 'string' ? say('readyByTime', { time: settings.readyBy }) : '';
  return [first, `  ${whenWords(settings)}${ready}; ${next === undefined ? say('halted') : say('nextAt', { time: localWords(next) })}`];
}
