import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Random } from '#engine/ports.ts';
import type { OidcSettings } from './oidc.ts';

/** Somebody who does not exist and can be signed in as. */
export interface TestAccount {
  readonly id: string;
  readonly name: string;
}

/** An identity provider for demonstrations: whoever is hinted at is signed in, nobody has a password. */
export interface TestProvider {
  readonly settings: OidcSettings;
  /** Answers a request below its issuer. */
  readonly answer: (request: IncomingMessage, reply: ServerResponse) => Promise<void>;
}

const ALGORITHM = 'ES256';

/**
 * The provider at an issuer of our own, mounted in the same server, for the accounts that there are now.
 *
 * It believes anybody, so it is refused wherever residents are real.
 */
export function testProvider({ issuer, returnTo, accounts, random }: { readonly issuer: string; readonly returnTo: string; readonly accounts: () => readonly TestAccount[]; readonly random: Random }): TestProvider {
  const clientSecret = Buffer.from(random(32)).toString('base64url');
  const settings: OidcSettings = { issuer, clientId: 'minsheng', clientSecret, returnTo, algorithm: ALGORITHM };
  const base = new URL(issuer).pathname;
  const provider = new Provider(issuer, {
    adapter: memoryAdapter,
    jwks: { keys: [{ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: ALGORITHM }] },
    cookies: { keys: [Buffer.from(random(32)).toString('base64url')], names: { session: 'test-idp', interaction: 'test-idp-interaction', resume: 'test-idp-resume' } },
    clients: [{ client_id: settings.clientId, client_secret: clientSecret, redirect_uris: [returnTo], grant_types: ['authorization_code'], response_types: ['code'], id_token_signed_response_alg: ALGORITHM }],
    // Seconds: a sign-in is done in a minute or two, and nothing that it leaves here is used again.
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `${base}/interaction/${uid}` },
    findAccount: (_, id) => {
      const found = accounts().find((account) => account.id === id);
      return found && { accountId: id, claims: () => ({ sub: id, name: found.name }) };
    },
    // Whoever signs in here has agreed: there is nothing to agree to.
    loadExistingGrant: async ({ oidc: { client, session } }) => {
      if (!client || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  return {
    settings,
    answer: async (request, reply) => {
      if (request.url?.startsWith(`${base}/interaction/`) === true) return interact(provider, accounts(), request, reply);
      // Where it is mounted it reads from the address as it was before.
      Object.assign(request, { originalUrl: request.url, url: request.url?.slice(base.length) });
      await handle(request, reply);
    },
  };
}

/** Signs in whom the hint names; where it names nobody, nothing is proved. */
async function interact(provider: Provider, accounts: readonly TestAccount[], request: IncomingMessage, reply: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, reply);
  const hint = params['login_hint'];
  const found = accounts.find(({ id }) => id === hint);
  await provider.interactionFinished(request, reply, found ? { login: { accountId: found.id, remember: false } } : { error: 'access_denied', error_description: 'nobody is hinted at' }, { mergeWithLastSubmission: false });
}

/** What the provider has to remember for minutes, in memory: a restart forgets sign-ins that were half done. */
function memoryAdapter(kind: string): Adapter {
  return {
    upsert: async (id, payload, seconds) => {
      STORED.set(`${kind} ${id}`, { payload, endsAt: seconds === undefined ? undefined : performance.now() + seconds * 1_000 });
      if (STORED.size > MOST_STORED) STORED.delete(STORED.keys().next().value ?? '');
    },
    find: async (id) => found(`${kind} ${id}`),
    findByUid: async (uid) => [...STORED.keys()].map(found).find((payload) => payload?.uid === uid),
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const payload = found(`${kind} ${id}`);
      if (payload) payload.consumed = true;
    },
    destroy: async (id) => { STORED.delete(`${kind} ${id}`); },
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of STORED) if (payload.grantId === grantId) STORED.delete(key);
    },
  };
}

const STORED = new Map<string, { readonly payload: AdapterPayload; readonly endsAt: number | undefined }>();
/** More than a demonstration needs; the oldest go first. */
const MOST_STORED = 10_000;

function found(key: string): AdapterPayload | undefined {
  const one = STORED.get(key);
  if (one && (one.endsAt === undefined || performance.now() < one.endsAt)) return one.payload;
  STORED.delete(key);
  return undefined;
}
