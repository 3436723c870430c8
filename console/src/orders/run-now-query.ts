import { graphql } from '../graphql/graphql.js';

/** Makes a run; what is refused is told in a language, since it may name what was wrong among what was sent. */
export const RUN = graphql(`
  mutation RunNow($input: RunBatchInput, $language: Language!) {
    runBatch(input: $input) {
      __typename
      ... on RunBatchAccepted {
        run {
          id
        }
      }
      ... on Error {
        code
        message(language: $language)
      }
    }
  }
`);

/** What the run would come to. */
export const FORECAST = graphql(`
  query ForecastRun($input: RunBatchInput, $language: Language!) {
    forecast(input: $input) {
      __typename
      ... on Forecast {
        users
        eligible
        seconds
        costUsd
        tokensIn
        tokensOut
        basis
      }
      ... on Error {
        code
        message(language: $language)
      }
    }
  }
`);
