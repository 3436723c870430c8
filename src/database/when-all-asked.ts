import { statementOwner } from './statement-owner.js';

const DONE = Promise.resolve();

/**
 * Sends a batch of keys when its operation has asked for all that it can ask for now: after what goes on in the same turn, and after those of its parts
 * that wait for a turn of their own. A batch for each of these would be a statement for each.
 */
export function whenAllAsked(send: () => void): void {
  const owner = statementOwner.getStore();
  const look = (): void => void DONE.then(() => process.nextTick(() => (owner?.waits === true ? owner.whenAllWent(look) : send()))); // prettier-ignore
  look();
}
