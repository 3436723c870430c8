/**
 * What tests let in to a process by TEST_MUTANT, `name` or `name:value`: deliberate breaks that the checkers must notice, and records that end
 * whoever works on them.
 */
const MUTANTS = { 'write before generate': recordFirst, 'deadly user': dieOf };

/** Changes the use cases of a service that was started and has no work yet. */
export function letIn(mutant, deps) {
  const [name, value] = mutant.split(':');
  const change = MUTANTS[name];
  if (change === undefined) throw new Error(`there is no mutant "${name}"`);
  change(deps, value);
}

/** Ends the process, as running out of memory would, when it comes to advise the user. */
function dieOf(deps, userId) {
  for (const generator of deps.generators.values()) {
    const generate = generator.generate.bind(generator);
    generator.generate = (inputs, ...rest) => {
      if (inputs.userId === Number(userId)) process.kill(process.pid, 'SIGKILL');
      return generate(inputs, ...rest);
    };
  }
}

/** ms between the outcomes' commit and that of the advice they tell of. */
const BETWEEN_MS = 2_000;

/** Outcomes are recorded in a transaction of their own, and the advice that they tell of is there only afterwards. */
function recordFirst(deps) {
  const transaction = deps.transaction;
  deps.transaction = (work) =>
    transaction(async (advice) => {
      let wrote = false;
      const write = (...batch) => {
        wrote = true;
        return advice.interventions.write(...batch);
      };
      const result = await transaction((tx, attempt) => work(Object.assign(Object.create(tx), { interventions: { write } }), attempt));
      if (wrote) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      return result;
    });
}
