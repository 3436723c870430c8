import type { Config } from '../../config.js';
import type { Logger } from '../../server/http/options.js';
import type { InstanceInfo } from '../../runtime/instance-lock.js';
import type { Role } from '../../runtime/service.js';
import type { Screen } from '../screen/screen.js';

/** What a service is started with. */
export interface Serving {
  readonly config: Config;
  readonly role: Role;
  readonly screen: Screen;
  readonly logger: Logger;
  /** Aborts when the service is to stop. */
  readonly signal: AbortSignal;
  /** Called when everything is up and, on a first start, the first run has ended. */
  readonly onReady: (addresses: InstanceInfo['addresses']) => void;
}
