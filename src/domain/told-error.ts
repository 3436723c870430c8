import type { Said, Told } from './said.js';

/** An error that an operator is told of: its message is English, and whoever shows it has its sentence in the language of the reader. */
export class ToldError extends Error {
  readonly said: Said;

  constructor({ text, said }: Told, options?: ErrorOptions) {
    super(text, options);
    this.said = said;
  }
}
