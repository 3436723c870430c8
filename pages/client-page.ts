import { readFileSync } from 'node:fs';

/** The page of the client: its text, and the program that tests run. */
export function clientPage(): string {
  const program = readFileSync('docs/developer/client.ts', 'utf8');
  return `${HEAD}\n\n\`\`\`ts\n${program}\`\`\`\n`;
}

const HEAD = `# A client in TypeScript

[All pages](../README.md)

<!-- Made by \`npm run pages\` of docs/developer/client.ts and pages/client-page.ts: change those. -->

This program asks for a dry run, follows the log of the run over a WebSocket, and prints the result. It goes on behind the last cursor when the connection is lost. It needs [graphql-ws](https://www.npmjs.com/package/graphql-ws) and Node 24, which runs TypeScript without a build. [client.ts](client.ts) is the same file. Tests run it, also with a connection that breaks in the middle.

\`\`\`sh
node docs/developer/client.ts http://127.0.0.1:4000
\`\`\`

Three habits make a client safe:

1. Send an \`idempotencyKey\`. The same key means the same run for 30 days, so a client without an answer may ask again.
2. Look at the members of the result union. A refusal has a \`code\` and a \`message\` ([errors](errors.md)).
3. Keep the \`cursor\` of the last event, and send it as \`after\` when you connect again.`;
