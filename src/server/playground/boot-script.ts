import { LATEST_RUN_ID } from './example-operations.js';

/**
 * The script that starts GraphiQL in the visitor's browser; plain JavaScript, as no build step touches it. It
 * - sends operations itself, so that the headers of a tab hold for its subscriptions too: a browser cannot set headers on a
 *   WebSocket, and they go into its connection parameters instead;
 * - puts the latest run's id into the examples that need one, when the service tells it.
 */
export const BOOT_SCRIPT = `'use strict';
const { examples, latestRunQuery } = JSON.parse(document.getElementById('configuration').textContent);
const workers = { editorWorkerService: 'editor.worker.js', json: 'json.worker.js', graphql: 'graphql.worker.js' };
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => '/playground/' + workers[label] };

// GraphiQL learns which operation a tab holds a moment after showing it, and until then names the one of the tab before.
function operationOf({ query, operationName }) {
  const text = query.replace(/#.*$/gm, '');
  const named = operationName && new RegExp('(query|mutation|subscription)\\\\s+' + operationName + '\\\\b').exec(text);
  const found = named || /(?:^|})\\s*(query|mutation|subscription)\\b/.exec(text);
  return { kind: found?.[1] ?? 'query', operationName: named ? operationName : undefined };
}

function send({ query, variables, operationName: claimed }, { headers } = {}) {
  const { kind, operationName } = operationOf({ query, operationName: claimed });
  const operation = { query, variables, operationName };
  return kind === 'subscription' ? subscription(operation, headers) : request(operation, headers);
}

async function request(operation, headers) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(operation),
  });
  return response.json();
}

// GraphiQL takes an observable; leaving one is a call that, unlike an async generator's return, waits for no event.
function subscription(operation, headers) {
  return {
    subscribe(observer) {
      const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/graphql', 'graphql-transport-ws');
      const say = (message) => socket.send(JSON.stringify(message));
      const end = (report) => {
        socket.onclose = null;
        socket.close(1000);
        report();
      };
      const hear = {
        connection_ack: () => say({ id: '1', type: 'subscribe', payload: operation }),
        ping: () => say({ type: 'pong' }),
        next: ({ payload }) => observer.next(payload),
        error: ({ payload }) => end(() => observer.next({ errors: payload })),
        complete: () => end(() => observer.complete()),
      };
      socket.onopen = () => say({ type: 'connection_init', payload: headers ?? {} });
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        hear[message.type]?.(message);
      };
      socket.onclose = ({ code, reason }) => observer.error({ message: 'The connection was closed.', code, reason });
      return { unsubscribe: () => end(() => undefined) };
    },
  };
}

async function latestRunId() {
  try {
    return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(JSON.stringify(await request({ query: latestRunQuery })))?.[0];
  } catch {
    return undefined;
  }
}

// What to open: a link's operation, else the tab that was open last, else the first example. GraphiQL finds the tab by its content;
// left to look that up by itself it opens the first example without its variables, and one more tab whenever it is reloaded.
function openedAt(tabs) {
  const link = new URLSearchParams(location.search);
  if (link.has('query')) return { query: link.get('query'), variables: link.get('variables') ?? '' };
  const { query, variables, headers } = lastTab() ?? tabs[0] ?? {};
  return { query: query ?? '', variables: variables ?? '', ...(headers ? { headers } : {}) };
}

function lastTab() {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState'));
    return tabs[activeTabIndex];
  } catch {
    return undefined;
  }
}

async function boot() {
  const runId = examples.some(({ variables }) => variables.includes('${LATEST_RUN_ID}')) ? await latestRunId() : undefined;
  const tabs = examples.map(({ query, variables }) => ({
    query,
    variables: runId === undefined ? variables : variables.replaceAll('${LATEST_RUN_ID}', runId),
  }));
  YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
    fetcher: send,
    title: 'IBSafe&nbsp;Batch',
    logo: document.getElementById('logo').innerHTML,
    defaultEditorToolsVisibility: 'variables',
    defaultTabs: tabs,
    ...openedAt(tabs),
    // In place of a listener that writes the operation into the address, from where it reaches histories and the logs of proxies.
    onEditQuery: () => undefined,
  });
}
void boot();
`;
