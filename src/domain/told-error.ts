import type { Said, Told } from './said.js';

/** An error that an operator is told of: its message is English, and its sentence is made in the reader's language where it is shown. */
export class ToldError extends Error {
  readonly said: Said;

  constructor({ text, said }: Told, options?: ErrorOptions) {
    super(text, options);
    this.said = said;
  }
}
