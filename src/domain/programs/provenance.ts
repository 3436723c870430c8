import type { Catalogue } from '../advice/catalogue/catalogue.js';
import type { ChosenPoint } from '../advice/points/point.js';
import type { Vocabulary } from '../advice/points/vocabulary.js';
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

/** What points are written down with. */
export interface PointsRecord {
  readonly vocabulary: Vocabulary;
  readonly catalogue: Catalogue;
}

/** The provenance of rules. `outputs` names their version, as that of a model names its prompt's: by that the batch's own rows are told from an app's. */
export function ruleProvenance(ruleVersion: string, points: readonly ChosenPoint[], record: PointsRecord): Provenance {
  const head = `{"ruleVersion":${JSON.stringify(ruleVersion)}`;
  return { model: 'RULE', outputs: `${head},${pointsJson(points, record)}}`, processingTime: 0 };
}

/**
 * Two members of a JSON object: the vocabulary's version, and the points that were said as lists of point id, id of the eaten food in IBSafe's table (null for none) and the dish's code (null for
 * none). Written by hand: it is part of every row, and none of these texts needs escaping.
 */
export function pointsJson(points: readonly ChosenPoint[], { vocabulary, catalogue }: PointsRecord): string {
  const list = points.map(({ point, eaten, dish }) => {
    const code = catalogue.dishes[catalogue.offers[dish]?.dish ?? -1]?.code;
    return `["${vocabulary.points[point]?.id}",${eaten < 0 ? 'null' : eaten},${code === undefined ? 'null' : `"${code}"`}]`;
  });
  return `"vocabulary":"${vocabulary.version}","points":[${list.join(',')}]`;
}
