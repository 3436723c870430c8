export class BootstrapError extends Error {
  constructor(message: string, options?: { readonly exitCode?: number; readonly untouched?: boolean; readonly cause?: unknown });
}
