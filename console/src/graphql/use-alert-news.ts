import { useSubscription } from 'urql';
import { graphql } from './graphql.js';
import { stir } from './live.js';

const NEWS = graphql(`
  subscription AlertNews {
    alertsChanged
  }
`);

/** Hears when alerts or silences change, while a screen that shows them stands. What it hears first is how things are, and nothing new. */
export function useAlertNews(): void {
  useSubscription<{ readonly alertsChanged: number }, number>({ query: NEWS }, (heard = 0, _news) => {
    if (heard > 0) stir('alerts');
    return heard + 1;
  });
}
