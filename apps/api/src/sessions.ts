import type { IncomingHttpHeaders } from 'node:http';
import { betterAuth } from 'better-auth';
import { hashPassword } from 'better-auth/crypto';
import { fromNodeHeaders } from 'better-auth/node';
import { Pool } from 'pg';
import type { ApiConfig } from './deps.ts';

interface SignedInUser {
  id: string;
  name: string;
  email: string;
}

/** People's sessions: the cookie, the users and their passwords (scrypt). */
export interface Sessions {
  find(headers: IncomingHttpHeaders): Promise<SignedInUser | null>;
  /** The cookies of a new session; null when e-mail or password is not right. */
  signIn(email: string, password: string, headers: IncomingHttpHeaders): Promise<string[] | null>;
  /** Ends the session; the cookies that make the browser forget it. */
  signOut(headers: IncomingHttpHeaders): Promise<string[]>;
  /** @returns the new user's id; null when the e-mail has an account. */
  createUser(user: { email: string; password: string; name: string }): Promise<string | null>;
  close(): Promise<void>;
}

const sessionSeconds = 7 * 24 * 3600;

function createAuth(config: ApiConfig, pool: Pool) {
  return betterAuth({
    appName: 'Plumbline',
    secret: config.secret,
    baseURL: config.publicUrl ?? 'http://localhost',
    basePath: '/v1/auth',
    database: pool,
    emailAndPassword: { enabled: true, disableSignUp: true, maxPasswordLength: 1024 },
    session: { expiresIn: sessionSeconds },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'plumbline',
      useSecureCookies: config.publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
    },
  });
}

/** Opens sessions over the tables `user`, `session`, `account` and `verification`. */
export function createSessions(config: ApiConfig): Sessions {
  const pool = new Pool({
    connectionString: config.databaseUrl,
    max: 3,
    idleTimeoutMillis: 3_000,
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', () => {});
  const auth = createAuth(config, pool);

  return {
    async find(headers) {
      const session = await auth.api.getSession({ headers: fromNodeHeaders(headers) });
      return session ? { id: session.user.id, name: session.user.name, email: session.user.email } : null;
    },
    async signIn(email, password, headers) {
      const response = await auth.api.signInEmail({
        body: { email, password },
        headers: withoutOrigin(headers),
        asResponse: true,
      });
      if (response.ok) return response.headers.getSetCookie();
      if (response.status < 500) return null;
      throw new Error(`sign-in answered ${response.status}`);
    },
    async signOut(headers) {
      const response = await auth.api.signOut({ headers: withoutOrigin(headers), asResponse: true });
      return response.headers.getSetCookie();
    },
    async createUser({ email, password, name }) {
      const { internalAdapter } = await auth.$context;
      const address = email.toLowerCase();
      if (await internalAdapter.findUserByEmail(address)) return null;
      const user = await internalAdapter.createUser(
        { email: address, name, emailVerified: true },
        { method: 'email-password' },
      );
      await internalAdapter.linkAccount({
        userId: user.id,
        accountId: user.id,
        providerId: 'credential',
        password: await hashPassword(password),
      });
      return user.id;
    },
    close: () => pool.end(),
  };
}

/** The Origin header was judged by our own rule; the library would hold it against its base URL. */
function withoutOrigin(headers: IncomingHttpHeaders): Headers {
  const kept = fromNodeHeaders(headers);
  kept.delete('origin');
  kept.delete('referer');
  return kept;
}
