/** Which points' conditions a food or a dish fulfils, kept with it: whose conditions they are, and a bit for each point. */
export interface KeptBits {
  readonly of: object;
  readonly bits: Int32Array;
}
