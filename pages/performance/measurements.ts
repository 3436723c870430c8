/** What a command measures, for those whose figures are kept. */
export const MEASUREMENTS: Readonly<Record<string, string>> = {
  'npm run bench':
    'Users per second of a run, beside SQL alone on the same data and beside a run of 10,000 patients; memory of the worker; rows per second of the log; time of the `run` query; requests per second through the whole HTTP stack beside bare Apollo; time from a slot to its first outcome. Since advice is made of points and recipes ([decision 024](decisions/024-advice-is-made-of-points-and-recipes.md)), a user costs more CPU; figures of earlier advice say so.',
  'npm run bench -- --users 1000000 --lanes 1,2,4 --rounds 1':
    'A million users with 1, 2 and 4 lanes, beside 10,000 and 100,000 users; memory of the worker; size of the log; time of queries beside it. [Decision 006](decisions/006-rows-in-binary-as-they-are-made.md) says what made a run fast.',
  'npm run bench -- --users 20000 --days 180': 'A run over a long history of records beside a run over the history of a week.',
  'npm run bench -- --log 10000000':
    'A run, the memory of its worker, and the `run` and `runs` queries beside a log of ten million events and beside a log of 10,000; views made anew from it.',
  'npm run bench -- --only workers,guards,cancel':
    '`workers`: two worker processes beside one, with a generator that waits. `guards`: cost of a guard of the log and of the safety gate. `cancel`: runs cancelled in the middle under two processes, and what was written after the order.',
  'npm run bench -- --llm': 'A run by a model that takes 200 ms a call, 64 calls at once, beside the waiting alone.',
  'npm run eval': 'Tokens of one question to a model. The measured patients are those of [the evaluation](developer/evaluate.md).',
};
