import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import type { AdviceLanguage } from '../src/domain/advice/language.js';
import { createSafetyGate } from '../src/domain/advice/safety-gate.js';
import { dailyRow } from '../src/domain/programs/daily/daily-row.js';
import { DAILY } from '../src/domain/programs/daily/program.js';
import { ruleProvenance } from '../src/domain/programs/provenance.js';
import { loadPoints } from '../src/generators/points/points-file.js';
import { counted, kindOfFinding } from './figures.js';
import { hostileProposals } from './hostile-proposals.js';
import { Menu } from './oracle/menu.js';
import type { Oracle } from './oracle/oracle.js';
import { openPantry } from './oracle/pantry.js';
import type { EvalSet } from './patients.js';
import { COMBINATIONS, RESTRICTED_DAYS, RestrictedDays } from './restricted-days.js';
import { savedRow } from './saved-row.js';

/** What the gate stands before, in figures. */
export interface ProofReport {
  /** Proposals with ill intent: how many were turned back, how many passed, and what the oracle found in those. */
  readonly proposals: number;
  readonly turnedBack: number;
  readonly passed: number;
  readonly findings: Readonly<Record<string, number>>;
  /** Sets of the seven flags, days of each, dishes that were offered, and dishes that hold what must be avoided. */
  readonly combinations: number;
  readonly days: number;
  readonly dishes: number;
  readonly barred: number;
}

const PROPOSALS = 10_000;

/** Sends hostile proposals through the gate, and follows every set of restrictions for years. */
export function prove(
  set: EvalSet,
  { catalogue, language, oracle, seed }: { catalogue: Catalogue; language: AdviceLanguage; oracle: Oracle; seed: number },
): ProofReport {
  const restricted = new RestrictedDays(catalogue, new Menu(openPantry(), 'ko'), set);
  const followed = COMBINATIONS.map((avoids) => restricted.of(avoids));
  return {
    ...proposalsBefore(set, { catalogue, language, oracle, seed }),
    combinations: COMBINATIONS.length,
    days: RESTRICTED_DAYS,
    dishes: followed.reduce((sum, { dishes }) => sum + dishes, 0),
    barred: followed.reduce((sum, { found }) => sum + found.length, 0),
  };
}

function proposalsBefore(
  set: EvalSet,
  { catalogue, language, oracle, seed }: { catalogue: Catalogue; language: AdviceLanguage; oracle: Oracle; seed: number },
): Pick<ProofReport, 'proposals' | 'turnedBack' | 'passed' | 'findings'> {
  const vocabulary = loadPoints();
  const gate = createSafetyGate(catalogue, { vocabulary, language });
  const { book, foods } = set;
  const found: string[] = [];
  let [proposals, passed] = [0, 0];
  for (const { patient, meals, points, dishes } of hostileProposals(set, { catalogue, vocabulary, seed })) {
    if ((proposals += 1) > PROPOSALS) break;
    const advice = gate.pass({ meals, points: () => points }, patient.inputs, dishes === undefined ? { book } : { book, dishes });
    if ('violations' in advice) continue;
    passed += 1;
    const provenance = { ...ruleProvenance('proposal', advice.record), ...(dishes === undefined ? {} : { model: 'local' }) };
    const row = dailyRow(advice, patient.inputs, { book, program: DAILY, provenance });
    found.push(...oracle.judge(savedRow(row), patient.records, foods).findings.map(kindOfFinding));
  }
  return { proposals: PROPOSALS, turnedBack: PROPOSALS - passed, passed, findings: counted(found) };
}
