/** What the doctor can say of the dead man's switch, each sentence with its places. */
export const SWITCH_PLACES = {
  SWITCH_UNSET: [],
  SWITCH_NEVER_TOLD: [],
  SWITCH_LAST_TOLD: ['at'],
  SWITCH_UNSET_HERE: ['last'],
  SWITCH_HELD_BACK: ['last', 'signs'],
  MEND_SIGNS: [],
  SWITCH_TOLD: ['last', 'code'],
  SWITCH_NOT_TOLD: ['last', 'code'],
  TRY_SWITCH: ['setting'],
} as const;
