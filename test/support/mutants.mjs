/** Deliberate breaks of a worker, let in to a process of the tests by TEST_MUTANT: what the checkers must notice. */
const MUTANTS = { 'write before generate': recordFirst };

/** Changes the use cases of a service that was started and has no work yet. */
export function letIn(name, deps) {
  const mutant = MUTANTS[name];
  if (mutant === undefined) throw new Error(`there is no mutant "${name}"`);
  mutant(deps);
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
      const result = await transaction((tx) => work(Object.assign(Object.create(tx), { interventions: { write } })));
      if (wrote) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      return result;
    });
}
