/** What the doctor can say of what a role may and what is to be granted, each sentence with its places. */
export const ROLE_PLACES = {
  ROW_SECURITY: ['tables'],
  BYPASS_ROW_SECURITY: ['role'],
  OWN_ROW_SECURITY: ['tables'],
  END_OWN_ROW_SECURITY: ['statement'],
  MAY_MAKE_SCHEMA: ['role'],
  MAY_NOT_MAKE_SCHEMA: ['role'],
  MAY_USE_SCHEMA: ['role'],
  MAY_NOT_USE_SCHEMA: ['role'],
  WORKS_ON_SCHEMA: ['role', 'owner'],
  MAY_NOT_CALL: ['owner', 'role', 'functions'],
  ACT_AS_OWNER: ['owner', 'command', 'statement'],
  GRANT_FOR_SERVICE: ['owner', 'command', 'statement'],
  KEEP_RIGHT_TO_MAKE: ['command'],
  MIGRATE_FOR_ROLE: ['command'],
  MAY_NOT_KNOW_CLUSTER: ['role'],
} as const;
