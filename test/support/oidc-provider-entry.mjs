import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

/** A real identity provider in a process of its own. Whoever signs in is who they say; their groups come from GROUPS, in JSON. */
const groups = JSON.parse(process.env.GROUPS ?? '{}');
const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'ibsafe-batch',
        client_secret: 'a secret of the test',
        redirect_uris: [`${process.env.CONSOLE}/session/oidc/return`],
        post_logout_redirect_uris: [`${process.env.CONSOLE}/console`],
      },
    ],
    claims: { openid: ['sub'], groups: ['groups'] },
    scopes: ['openid', 'groups'],
    pkce: { required: () => true },
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, groups: groups[id] ?? [] }) }),
    ...(process.env.IN_ID_TOKEN === 'yes' && { conformIdTokenClaims: false }),
  });
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});
