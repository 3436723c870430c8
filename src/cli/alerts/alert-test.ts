import { v7 as uuidv7 } from 'uuid';
import { configuredChannels, wordingOf } from '../../alerts/alert-settings.js';
import { trialMessage } from '../../alerts/message.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';

/** Sends a test message through each channel. Nothing is recorded, and no database is needed. */
export async function alertTest(shell: Shell): Promise<ExitCode> {
  const { config } = shell;
  const channels = configuredChannels(config);
  if (channels.length === 0)
    throw new CommandFailed('no channel is configured: set ALERT_WEBHOOK_URL, or ALERT_SMTP_URL with ALERT_EMAIL_FROM and ALERT_EMAIL_TO');
  const tried = [];
  for (const channel of channels) {
    const sent = await channel.send(trialMessage(uuidv7(), wordingOf(config)), AbortSignal.timeout(config.ALERT_TIMEOUT_MS));
    shell.print(`${channel.name} to ${channel.to}: ${sent.ok ? 'taken' : 'failed'} (${sent.code})`);
    tried.push({ channel: channel.name, to: channel.to, ok: sent.ok, code: sent.code });
  }
  shell.printJson({ channels: tried });
  return tried.every(({ ok }) => ok) ? EXIT.done : EXIT.failed;
}
