import { expect, test } from 'vitest';
import {
  isLostInfrastructure,
  LostInfrastructure,
} from '../../../worker/errors/lost-infrastructure.ts';

test('what D1 throws is lost infrastructure, also wrapped by a query builder', () => {
  const thrown = new Error('D1_ERROR: Network connection lost.');
  expect(isLostInfrastructure(thrown)).toBe(true);
  expect(isLostInfrastructure(new Error('Failed query', { cause: thrown }))).toBe(true);
});

test.for(['retryable', 'overloaded', 'durableObjectReset'])(
  'what the runtime marks as %s is lost infrastructure',
  (mark) => {
    expect(isLostInfrastructure(Object.assign(new Error('lost'), { [mark]: true }))).toBe(true);
    expect(isLostInfrastructure(Object.assign(new Error('lost'), { [mark]: false }))).toBe(false);
  },
);

test('what our own code throws for want of a Room is lost infrastructure', () => {
  expect(isLostInfrastructure(new LostInfrastructure('a Room'))).toBe(true);
});

test('a bug is not', () => {
  expect(isLostInfrastructure(new TypeError('x is undefined'))).toBe(false);
  expect(isLostInfrastructure(Object.assign(new Error('bug'), { remote: true }))).toBe(false);
  expect(isLostInfrastructure('thrown text')).toBe(false);
});
