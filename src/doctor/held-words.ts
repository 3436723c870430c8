/** Of sentences about ids of users and about foods, see `judgeHeld`, the places. */
export const HELD_PLACES = {
  USERS_AND_FOODS_HELD: ['foods'],
  USER_ID_TOO_HIGH: ['most'],
  GIVE_LOWER_IDS: [],
  FOODS_NONE: [],
  FOODS_TOO_HIGH: ['count', 'most'],
  FOODS_TWICE: ['count'],
  MEND_FOODS: [],
} as const;
