/**
 * What tests let in to a process by TEST_MUTANT, `name` or `name:value`: deliberate breaks that the checkers must notice, and records that end
 * whoever works on them.
 */
const MUTANTS = {
  'write before generate': recordFirst,
  'deadly user': dieOf,
  'figures as told': believeFigures,
  'resume untried': resumeUntried,
  'refusals are everyones own': failTheRefused,
  'batches sent unsought': sendUnsought,
  'batches said afterwards': sayAfterwards,
};

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

/** A batch of which it is not known whether it got to the provider counts as not sent, without a look there. */
function sendUnsought(deps) {
  deps.generators.get('LLM').batches.search = () => Promise.resolve({ status: 'NONE' });
}

/** What is prepared is sent before anything is said of it: nobody finds it again after a kill. */
function sayAfterwards(deps) {
  const { batches } = deps.generators.get('LLM');
  const questions = batches.questions.bind(batches);
  let sending;
  batches.questions = (patients) => {
    const lines = questions(patients);
    sending = lines.length === 0 ? undefined : batches.sendAs(lines);
    return lines;
  };
  const send = batches.send.bind(batches);
  batches.sendAs = (lines) => {
    const key = crypto.randomUUID();
    return send(key, lines, new AbortController().signal);
  };
  batches.send = () => sending;
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

/** An outcome says what the endpoint told of itself, whatever that is. */
function believeFigures(deps) {
  const generator = deps.generators.get('LLM');
  const generate = generator.generate.bind(generator);
  generator.generate = async (...args) => {
    const generated = await generate(...args);
    return generated.trace?.estimatedCalls === undefined ? generated : { ...generated, trace: { ...generated.trace, tokensIn: -35 } };
  };
}

const WAITING = `select run_id from batch.run_view where status = 'PAUSED' and paused_cause = 'GENERATOR_UNAVAILABLE'`;

/** A run that waits for its endpoint goes on without anybody having been served, as after the answer to a question of one token. */
function resumeUntried(deps) {
  const { lanes, runs } = deps;
  lanes.claimForTrial = () => Promise.resolve(undefined);
  lanes.isWorkedOn = () => Promise.resolve(false);
  lanes.waitingForGenerator = async () => {
    const { rows } = await lanes.db.query(WAITING);
    return Promise.all(rows.map(({ run_id }) => runs.find(run_id)));
  };
  deps.generators.get('LLM').standing = undefined;
}

/** Whoever is refused with everybody else has failed by themselves. */
function failTheRefused(deps) {
  const generator = deps.generators.get('LLM');
  const generate = generator.generate.bind(generator);
  generator.standing = undefined;
  generator.generate = async (...args) => {
    const generated = await generate(...args);
    if (generated.status !== 'unavailable') return generated;
    return { status: 'failed', code: 'GENERATOR_ERROR', retryable: false, attempts: 1 };
  };
}
