import type { ModelBatches } from '../application/ports.js';

/** The batches of a generator that may be another one from one moment to the next, with what is different about them. */
export function batchesBy(present: () => ModelBatches, different: Partial<Pick<ModelBatches, 'asks' | 'answered'>>): ModelBatches {
  return {
    get pollMs() {
      return present().pollMs;
    },
    get windowMs() {
      return present().windowMs;
    },
    get cancelMs() {
      return present().cancelMs;
    },
    get vainSearches() {
      return present().vainSearches;
    },
    get budgetMicros() {
      return present().budgetMicros;
    },
    asks: (program) => present().asks(program),
    callsMs: (users) => present().callsMs(users),
    questions: (patients) => present().questions(patients),
    send: (key, lines, signal) => present().send(key, lines, signal),
    search: (key, signal, within) => present().search(key, signal, within),
    look: (batch, signal, within) => present().look(batch, signal, within),
    cancel: (providerId) => present().cancel(providerId),
    cleanUp: (batch) => present().cleanUp(batch),
    answered: (answers) => present().answered(answers),
    ...different,
  };
}
