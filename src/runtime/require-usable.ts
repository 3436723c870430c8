import { configuredChannels } from '../alerts/alert-settings.js';
import { ConfigError, type Config } from '../config/config.js';
import { SETTINGS } from '../config/config-words.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import { nightlyRetention } from '../lifecycle/retention/retention-settings.js';
import { authenticationOf } from './authentication.js';
import { type ProcessRole, schedules, servesHttp } from './process-role.js';

/** Finds what each setting alone does not show, before anything is made or opened for a process of a role. @throws ConfigError */
export async function requireUsable(config: Config, role: ProcessRole): Promise<void> {
  llmSettings(config);
  if (servesHttp(role)) {
    authenticationOf(config);
    requireTwoPorts(config);
  }
  if (schedules(role)) {
    configuredChannels(config);
    nightlyRetention(config);
  }
  if (config.MONGODB_URL !== undefined) await requireKnownOptions(config.MONGODB_URL);
}

/** The second to listen on one port would take the first for a stranger, and say so. */
function requireTwoPorts({ PORT: port, METRICS_PORT: metrics }: Config): void {
  if (port !== 0 && port === metrics) throw new ConfigError([SETTINGS.tell('SAME_PORT', { port })]);
}

/** An address that the driver cannot read would be tried again and again, as a store that is away. Nothing is connected to. */
async function requireKnownOptions(url: string): Promise<void> {
  const { MongoClient } = await import('../database/mongo-client.js');
  try {
    await new MongoClient(url).close();
  } catch {
    throw new ConfigError([SETTINGS.tell('MONGODB_OPTION')]); // without the driver's own words, which may quote the address
  }
}
