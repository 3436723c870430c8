import { ICON_LINK } from '../pages/page-shell.js';
import { PLAYGROUND_PATH } from '../http/paths.js';
import { type ExampleOperation, LATEST_RUN_QUERY } from './example-operations.js';

/** The playground's HTML: links to its own files and the examples as data. No script or style stands in it. */
export function playgroundPage(examples: readonly ExampleOperation[]): string {
  const configuration = { examples: examples.map(tabOf), latestRunQuery: LATEST_RUN_QUERY };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>IBSafe Batch Playground</title>
${ICON_LINK}
<link rel="stylesheet" href="${PLAYGROUND_PATH}/graphiql.css">
<script type="application/json" id="configuration">${jsonForHtml(configuration)}</script>
<template id="logo"><svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#0b7a5c"/><path d="M9 23C9 13 15 8 24 8c0 10-5 15-13 14m-2 3c2-6 5-9 9-11" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/></svg></template>
<script defer src="${PLAYGROUND_PATH}/graphiql.js"></script>
<script defer src="${PLAYGROUND_PATH}/boot.js"></script>
</head>
<body class="no-focus-outline">
<noscript>The playground is an editor and needs JavaScript. The API itself does not: POST operations to /graphql.</noscript>
<div id="root"></div>
</body>
</html>
`;
}

/** An example as GraphiQL takes a tab: what it shows stands above the operation as a comment. */
function tabOf({ description, query, variables }: ExampleOperation): { query: string; variables: string } {
  const comment = description.map((line) => `# ${line}`).join('\n');
  return { query: `${comment}\n\n${query.trim()}\n`, variables: variables === undefined ? '' : JSON.stringify(variables, null, 2) };
}

/** JSON that cannot end the element it stands in. */
function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
