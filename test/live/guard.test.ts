import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { admit, makeToken } from '../../src/live/guard.js';

const token = makeToken();
const ask = (url: string, host: string | undefined = '127.0.0.1:4000', method = 'GET') =>
  admit({ url, method, headers: { host } } as IncomingMessage, token);

describe('the guard of the live page', () => {
  test('lets in who has the token and asks this computer by its own name, at any port', () => {
    expect(ask(`/${token}/`)).toEqual({ path: '' });
    expect(ask(`/${token}/events`, 'localhost:9')).toEqual({ path: 'events' });
    expect(ask(`/${token}`)).toBe(308);
  });

  test.each(['', '/', '/x/', `/${'a'.repeat(24)}/`, `//${'x'}`, '/../', `/x/../${'y'}`, 'http://evil.example/'])(
    'refuses %j, which has no token',
    (url) => expect(ask(url)).toBe(403),
  );

  test('refuses a token in another place, and parts of one', () => {
    for (const url of [`/x/${token}/`, `/${token.slice(1)}/`, `/${token}x/`, `/?${token}`, `/%2e/${token}/`]) {
      expect([url, ask(url)]).toEqual([url, 403]);
    }
  });

  test.each([
    undefined,
    '',
    'evil.example',
    'evil.example:4000',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '0.0.0.0',
    'x@localhost',
  ])('refuses the host %j, token or not', (host) =>
    expect(admit({ url: `/${token}/`, method: 'GET', headers: { host } } as IncomingMessage, token)).toBe(403),
  );

  test.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    'refuses %s, and says so to none without the token',
    (method) => {
      expect(ask(`/${token}/`, 'localhost', method)).toBe(405);
      expect(ask('/', 'localhost', method)).toBe(403);
    },
  );

  test('has another token each time', () => {
    expect(new Set(Array.from({ length: 50 }, makeToken)).size).toBe(50);
    expect(token).toMatch(/^[\w-]{24}$/);
  });
});
