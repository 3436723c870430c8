declare module '*.po' {
  import type { Messages } from '@lingui/core';

  export const messages: Messages;
}

/** The texts that the first screen does not need. */
declare module '*.po?lingui' {
  import type { Messages } from '@lingui/core';

  export const messages: Messages;
}

declare module 'codes:*' {
  import type { Codes } from './language/language.js';

  export const codes: Codes;
}
