import { expect, test } from 'vitest';
import { isLoopback, isLoopbackOrigin } from '../../../local/clerk/loopback.ts';

test.for([
  'http://localhost',
  'http://localhost:3000',
  'http://127.0.0.1:8787',
  'http://[::1]:3000',
])('%s is this machine', (origin) => {
  expect(isLoopbackOrigin(origin)).toBe(true);
  expect(isLoopback(new URL(origin).hostname)).toBe(true);
});

test.for([
  '',
  'null',
  'localhost',
  'https://localhost:3000',
  'http://localhost:3000/',
  'http://localhost:3000/path',
  'http://user@localhost:3000',
  'http://localhost.example.com',
  'http://chat.example.com',
  'http://192.168.0.2:3000',
  'http://0.0.0.0:3000',
])('%j is not an origin on this machine', (origin) => {
  expect(isLoopbackOrigin(origin)).toBe(false);
});
