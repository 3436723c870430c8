import type { SaidRecord } from '../advice/points/said-record.js';
import type { JsonText } from './intervention-row.js';

/** Where an advice comes from, as IBSafe's row tells it. */
export interface Provenance {
  /** `RULE` for the rule engine, else the model's name, at most 100 characters. */
  readonly model: string;
  /** Enough to make the same advice again, and to explain each of its sentences. */
  readonly outputs: JsonText;
  /** Seconds, 0 when below a millisecond: the row is the same on every machine. */
  readonly processingTime: number;
}

/** The provenance of rules, whose version is a plain word of ours. `outputs` names their version, as that of a model names its prompt's: by that the batch's own rows are told from an app's. */
export function ruleProvenance(ruleVersion: string, record: SaidRecord): Provenance {
  return { model: 'RULE', outputs: `{"ruleVersion":"${ruleVersion}",${record}}`, processingTime: 0 };
}

/** A JSON object with what was said added to it. `outputs` holds at least one member. */
export function withRecord(outputs: JsonText, record: SaidRecord): JsonText {
  return `${outputs.slice(0, -1)},${record}}`;
}
