/** What the doctor can say of how many connections are let in, each sentence with its places. */
export const CONNECTION_PLACES = {
  CONNECTIONS_FIT: ['needed', 'lanes'],
  CONNECTIONS_FEW: ['holder', 'most', 'needed', 'lanes'],
  LIMIT_OF_ROLE: ['name'],
  LIMIT_OF_DATABASE: ['name'],
  LIMIT_OF_SERVER: [],
  RAISE_LIMIT: ['statement'],
} as const;
