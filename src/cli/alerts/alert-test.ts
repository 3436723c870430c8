import { configuredChannels, wordingOf } from '../../alerts/alert-settings.js';
import { tryChannels } from '../../alerts/trial.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** Sends a test message through each channel. Nothing is recorded, and no database is needed. */
export async function alertTest(shell: Shell): Promise<ExitCode> {
  const { config } = shell;
  const channels = configuredChannels(config);
  if (channels.length === 0) throw new CommandFailed(say('noChannelConfigured'));
  const tried = await tryChannels(channels, wordingOf(config), config.ALERT_TIMEOUT_MS);
  for (const { ok, ...told } of tried) shell.print(ok ? say('messageTaken', told) : say('messageFailed', told));
  shell.printJson({ channels: tried });
  return tried.every(({ ok }) => ok) ? EXIT.done : EXIT.failed;
}
