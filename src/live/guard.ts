// Who may read what: a page of another origin can send requests here, and give this computer any name.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A path that nobody guesses. */
export function makeToken(): string {
  return randomBytes(18).toString('base64url');
}

/** At any port: a tunnel has its own. A name that leads here may be anybody's (DNS rebinding). */
const ownHost = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i;

/** What a request asks for below the token, or the status of its refusal. */
export function admit({ method, url = '', headers }: IncomingMessage, token: string): { path: string } | number {
  if (!ownHost.test(headers.host ?? '')) return 403;
  const [, given = '', path] = /^\/([^/?#]*)(?:\/(.*))?$/s.exec(url) ?? [];
  if (!isSame(given, token)) return 403;
  if (method !== 'GET') return 405;
  return path === undefined ? 308 : { path };
}

/** Takes the same time for every text, so that nobody learns a part of it. */
function isSame(given: string, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}
