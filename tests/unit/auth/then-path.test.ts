import { expect, test } from 'vitest';
import { signInPath, thenPath } from '../../../web/session/then-path.ts';

const PAGE = 'https://chat.example.com/sign-in';

test.each([
  ['?then=/g/123', '/g/123'],
  ['?then=%2Fbrowse%3Fq%3Da%23b', '/browse?q=a#b'],
  ['?then=https://chat.example.com/g/123', '/g/123'],
  ['', '/'],
])('%s leads to %s', (query, path) => {
  expect(thenPath(PAGE + query)).toBe(path);
});

test.each([
  '?then=https://evil.example.com/g/123',
  '?then=//evil.example.com',
  '?then=/%5Cevil.example.com',
  '?then=javascript:alert(1)',
  '?then=http://%',
])('%s does not leave our origin', (query) => {
  expect(thenPath(PAGE + query)).toBe('/');
});

test('the sign-in page leads back to the path for which it was opened', () => {
  expect(signInPath('sign-in', '/')).toBe('/sign-in');
  const page = new URL(signInPath('sign-up', '/g/1?a=b&c#d'), PAGE);
  expect(page.pathname).toBe('/sign-up');
  expect(thenPath(page.href)).toBe('/g/1?a=b&c#d');
});
