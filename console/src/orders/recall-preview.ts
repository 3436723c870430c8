import { graphql } from '../graphql/graphql.js';

/** What a recall would come to. */
export const PREVIEW = graphql(`
  query PreviewRecall($input: RecallSubjectInput!) {
    recallPreview(input: $input) {
      __typename
      ... on RecallPreview {
        since
        counts {
          replace
          past
          closed
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`);
