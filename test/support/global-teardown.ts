/** After a jest run: ends the server that the global setup started and removes its folder. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.endTestServer?.();
}
