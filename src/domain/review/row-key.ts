/** The outcome of which a row of the sample is: its place on the stream of its chunk. It names no person. */
export interface RowKey {
  readonly runId: string;
  readonly chunk: number;
  readonly version: number;
}

const FORM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,7})\.(\d{1,7})$/u;

/** A key as clients know it. */
export function rowText({ runId, chunk, version }: RowKey): string {
  return `${runId}.${chunk}.${version}`;
}

/** The key of a text that clients were given; undefined for another text. */
export function rowKey(text: string): RowKey | undefined {
  const [, runId, chunk, version] = FORM.exec(text.toLowerCase()) ?? [];
  return runId === undefined ? undefined : { runId, chunk: Number(chunk), version: Number(version) };
}
