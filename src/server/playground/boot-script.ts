import { LATEST_RUN_ID } from './example-operations.js';

/**
 * The script that starts GraphiQL in the visitor's browser; plain JavaScript, as no build step touches it. It
 * - puts the latest run's id into the examples that need one, when the service tells it;
 * - gives a subscription the headers of its tab as connection parameters, since a browser cannot set headers on a WebSocket.
 */
export const BOOT_SCRIPT = `'use strict';
const { examples, latestRunQuery } = JSON.parse(document.getElementById('configuration').textContent);
const base = '/playground/';
const workers = { editorWorkerService: 'editor.worker.js', json: 'json.worker.js', graphql: 'graphql.worker.js' };
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => base + workers[label] };

async function latestRunId() {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: latestRunQuery }),
    });
    return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(await response.text())?.[0];
  } catch {
    return undefined;
  }
}

function headersOfActiveTab() {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState'));
    return JSON.parse(tabs[activeTabIndex].headers || '{}');
  } catch {
    return {};
  }
}

async function boot() {
  const runId = examples.some(({ variables }) => variables.includes('${LATEST_RUN_ID}')) ? await latestRunId() : undefined;
  YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
    title: 'IBSafe Batch Playground',
    logo: document.getElementById('logo').innerHTML,
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    connectionParams: headersOfActiveTab,
    defaultEditorToolsVisibility: 'variables',
    defaultTabs: examples.map(({ query, variables }) => ({
      query,
      variables: runId === undefined ? variables : variables.replaceAll('${LATEST_RUN_ID}', runId),
    })),
  });
}
void boot();
`;
