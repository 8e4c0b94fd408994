// A real OpenID provider for tests, as a process of its own: `node oidc-provider.mjs PORT REDIRECT_URI`. Whoever signs in gives their
// address as login; addresses that begin with "unverified" are not vouched for, and of those that begin with "mfa-" or "sms-" it says in
// `amr` that it asked for that second factor. Ends with its standard input.
import process from 'node:process';
import { Provider } from 'oidc-provider';

const [port, redirectUri] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'waymark',
      client_secret: 'a-secret-of-the-test-that-is-long-enough',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
  cookies: { keys: ['a key of the test'] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: id,
      email_verified: !id.startsWith('unverified'),
      name: `Name of ${id}`,
    }),
  }),
});
// The provider's own forms ask for no second factor: what they found is written into the login here.
const finished = provider.interactionFinished.bind(provider);
provider.interactionFinished = (request, response, result, options) => {
  const factor = /^(mfa|sms)-/.exec(result.login?.accountId ?? '')?.[1];
  const login = factor === undefined ? result.login : { ...result.login, amr: ['pwd', factor] };
  return finished(request, response, { ...result, ...(login !== undefined && { login }) }, options);
};
provider.listen(Number(port), '127.0.0.1', () => process.stdout.write('listens\n'));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
