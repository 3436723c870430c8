import { graphql, type ResultOf } from '../../graphql/graphql.js';

const ALERT = graphql(`
  fragment AlertParts on Alert {
    id
    kind
    subject
    state
    text(language: $language)
    path
    count
    firstAt
    lastAt
    resolvedAt
    silenced
    deliveries {
      channel
      message
      state
      lastCode
    }
  }
`);

/** What is firing, what keeps it from being sent, by which channels it is sent, and a page of what is over. */
export const ALERTS = graphql(
  `
    query Alerts($language: Language!, $after: String) {
      open: alerts(first: 50, filter: { states: [OPEN] }) {
        nodes {
          ...AlertParts
        }
      }
      past: alerts(first: 20, after: $after, filter: { states: [RESOLVED] }) {
        nodes {
          ...AlertParts
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      alertSilences {
        id
        kind
        subject
        until
        reason
        madeBy
      }
      alertChannels
    }
  `,
  [ALERT],
);
export type Alert = ResultOf<typeof ALERTS>['open']['nodes'][number];
export type Silence = ResultOf<typeof ALERTS>['alertSilences'][number];
export type ChannelName = ResultOf<typeof ALERTS>['alertChannels'][number];
