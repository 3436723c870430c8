import { graphql, type ResultOf, type VariablesOf } from '../../graphql/graphql.js';

/** Rows that can be signed, each with all that its signature is for. */
export const ROWS = graphql(`
  query SignableRows($filter: SignableRowFilterInput, $after: String) {
    signableRows(first: 10, filter: $filter, after: $after) {
      totalCount
      nodes {
        id
        kind
        nameKo
        nameEn
        lines {
          what
          ko
          en
          address
        }
        hash
        state
        inFile
        signedBy
        signedAt
        withdrawnBy
        withdrawnAt
        reason
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
export type Row = ResultOf<typeof ROWS>['signableRows']['nodes'][number];
export type Filter = NonNullable<VariablesOf<typeof ROWS>['filter']>;

/** How much is signed. */
export const PROGRESS = graphql(`
  query SigningProgress {
    signingProgress {
      onlySigned
      counts {
        kind
        all
        signed
        changed
      }
    }
  }
`);
export type Progress = ResultOf<typeof PROGRESS>['signingProgress'];

export const SIGN = graphql(`
  mutation SignRows($rows: [SignInput!]!) {
    signRows(rows: $rows) {
      __typename
      ... on SignaturesChanged {
        changed
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
