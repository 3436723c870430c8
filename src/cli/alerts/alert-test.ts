import { configuredChannels, wordingOf } from '../../alerts/alert-settings.js';
import { tryChannels } from '../../alerts/trial.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';

/** Sends a test message through each channel. Nothing is recorded, and no database is needed. */
export async function alertTest(shell: Shell): Promise<ExitCode> {
  const { config } = shell;
  const channels = configuredChannels(config);
  if (channels.length === 0)
    throw new CommandFailed('no channel is configured: set ALERT_WEBHOOK_URL, or ALERT_SMTP_URL with ALERT_EMAIL_FROM and ALERT_EMAIL_TO');
  const tried = await tryChannels(channels, wordingOf(config), config.ALERT_TIMEOUT_MS);
  for (const { channel, to, ok, code } of tried) shell.print(`${channel} to ${to}: ${ok ? 'taken' : 'failed'} (${code})`);
  shell.printJson({ channels: tried });
  return tried.every(({ ok }) => ok) ? EXIT.done : EXIT.failed;
}
