/** Stands in an example's variables for the id of the latest run. */
export const LATEST_RUN_ID = 'LATEST_RUN_ID';

/** One tab of the playground. */
export interface ExampleOperation {
  /** The operation's name, which is also the tab's title. */
  readonly name: string;
  /** What it shows, in lines that stand above it as a comment. */
  readonly description: readonly string[];
  readonly query: string;
  /** `LATEST_RUN_ID` anywhere in a value is replaced by the id of the latest run when the playground opens. */
  readonly variables?: Readonly<Record<string, unknown>>;
}
