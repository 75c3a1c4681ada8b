import * as oidc from 'openid-client';
import { z } from 'zod';
import type { IdentityProvider } from '#engine/ports.ts';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Our address that the provider sends people back to. */
  readonly returnTo: string;
  /** The algorithm that the provider signs with. */
  readonly algorithm: string;
  /** The claim by which the city knows people; undefined: `sub`. */
  readonly subjectClaim?: string | undefined;
}

const waiting = z.strictObject({ verifier: z.string(), state: z.string(), nonce: z.string(), again: z.boolean() });

/** Whoever the provider has known for longer proves who they are anew; asked so, it says since when it has. */
const REMEMBERED_SECONDS = 43_200;
/** Who is asked to prove once more who they are has done so within so many seconds when they come back: the provider has to say when. */
const MOST_SECONDS = 600;

/**
 * OpenID Connect with authorization code, PKCE, state and nonce. The provider is asked what it is when somebody first
 * signs in. One that is not there is a fault; what it refuses is nobody.
 */
export function openIdProvider({ issuer, clientId, clientSecret, returnTo, algorithm, subjectClaim = 'sub' }: OidcSettings): IdentityProvider {
  let known: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    const url = new URL(issuer);
    // Only the provider of the machine itself is reached without encryption.
    const execute = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) ? [oidc.allowInsecureRequests] : [];
    known ??= oidc.discovery(url, clientId, { client_secret: clientSecret, id_token_signed_response_alg: algorithm }, undefined, { execute }).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    start: async ({ hint, again = false } = {}) => {
      const verifier = oidc.randomPKCECodeVerifier();
      const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: returnTo, scope: 'openid profile', code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', state, nonce,
        ...(hint === undefined ? {} : { login_hint: hint }),
        ...(hint === undefined && !again ? {} : { prompt: 'login' }),
        max_age: again ? '0' : String(REMEMBERED_SECONDS),
      });
      return { url: url.href, pending: JSON.stringify({ verifier, state, nonce, again } satisfies z.infer<typeof waiting>) };
    },
    finish: async (returned, pending) => {
      const { verifier, state, nonce, again } = waiting.parse(JSON.parse(pending));
      const address = new URL(returnTo);
      address.search = returned.search;
      try {
        const claims = (await oidc.authorizationCodeGrant(await configuration(), address, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, ...(again ? { maxAge: MOST_SECONDS } : {}) })).claims();
        if (!claims) return undefined;
        const [subject, name] = [claims[subjectClaim], claims['name']];
        return typeof subject === 'string' && subject !== '' ? { issuer: claims.iss, subject, name: typeof name === 'string' ? name : '', provenAtSeconds: claims.auth_time } : undefined;
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    },
  };
}

/** Whether the provider, or what came back, proves nobody; anything else is a fault of ours or of the network. */
function isRefusal(error: unknown): boolean {
  return error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError || error instanceof oidc.ClientError;
}
