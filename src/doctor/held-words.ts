/** What the doctor can say of ids of users, of foods, and of allergies in words, each sentence with its places. */
export const HELD_PLACES = {
  USERS_AND_FOODS_HELD: ['foods'],
  USER_ID_TOO_HIGH: ['most'],
  GIVE_LOWER_IDS: [],
  FOODS_NONE: [],
  FOODS_TOO_HIGH: ['count', 'most'],
  FOODS_TWICE: ['count'],
  MEND_FOODS: [],
  ALLERGIES_READ: [],
  ALLERGIES_UNREAD: ['count'],
  ASK_FOR_ALLERGIES: [],
} as const;
