/** Types of `bootstrap-error.mjs`, which is plain JavaScript because it runs before anything is installed. */
export declare class BootstrapError extends Error {
  constructor(message: string, options?: { readonly exitCode?: number; readonly cause?: unknown });
}
