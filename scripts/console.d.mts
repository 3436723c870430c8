/** Types of `console.mjs`, which is plain JavaScript because it runs before anything is built. */
export declare function consoleIsSettled(root: string, now?: number): boolean;
export declare function ensureConsole(
  root: string,
  options: {
    node: string;
    say(line: string): void;
    note?(pid: number): void;
    force?: boolean;
    now?: number;
    install?(root: string): Promise<void>;
  },
): Promise<void>;
