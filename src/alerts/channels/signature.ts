import { createHmac } from 'node:crypto';

/** Headers by which a receiver knows that a message is ours and new: HMAC-SHA256 over `<timestamp>.<body>`. @param at ms since 1970 */
export function signatureHeaders(secret: string | undefined, body: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  if (secret === undefined) return {};
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-ibsafe-timestamp': timestamp, 'x-ibsafe-signature': `v1=${signature}` };
}
