/** What a row of `data/points` says of when it is true. */
interface WrittenCondition {
  readonly when: string;
  readonly args: readonly string[];
  /** Whether it may be said of a food that is left out for the patient: it speaks against the food, or of another in its place. */
  readonly ofLeftOut?: true | undefined;
}

/** What a point about an eaten food asks whatever else it asks: no row can forget it. */
const OF_NONE_LEFT_OUT = 'not eaten.isLeftOut';

/** The condition of a row: of a food that is left out for the patient no point is true but one that says so (`ofLeftOut`). @throws RangeError where a row that speaks of no food says so */
export function wholeCondition({ when, args, ofLeftOut }: WrittenCondition): string {
  if (args.includes('eaten')) return ofLeftOut === true ? when : `${when} and ${OF_NONE_LEFT_OUT}`;
  if (ofLeftOut === true) throw new RangeError('it speaks of no eaten food, and so of none that is left out (ofLeftOut)');
  return when;
}
