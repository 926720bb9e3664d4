import { describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { JSON_BODY_BYTES } from '../../../protocol/limits.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { withoutTable } from '../../support/without-table.ts';

const edgewise = sharedEdgewise();
const { ada } = edgewise.people('Ada');

const A_GROUP = '01900000-0000-7000-8000-000000000001';

describe('without a session', () => {
  test.for([
    ['GET', '/api/users/me'],
    ['PATCH', '/api/users/me'],
    ['GET', '/api/users'],
    ['GET', '/api/users/user_1'],
    ['GET', '/api/groups'],
    ['GET', '/api/groups/public'],
    ['POST', '/api/groups'],
    ['GET', `/api/groups/${A_GROUP}`],
    ['PATCH', `/api/groups/${A_GROUP}`],
    ['POST', `/api/groups/${A_GROUP}/join`],
    ['POST', `/api/groups/${A_GROUP}/leave`],
    ['GET', `/api/groups/${A_GROUP}/members`],
    ['GET', `/api/messages?groupId=${A_GROUP}`],
    ['GET', `/api/messages/${A_GROUP}?groupId=${A_GROUP}`],
    ['POST', '/api/messages'],
    ['PATCH', `/api/messages/${A_GROUP}?groupId=${A_GROUP}`],
    ['DELETE', `/api/messages/${A_GROUP}?groupId=${A_GROUP}`],
    ['GET', `/api/messages/${A_GROUP}/reactions?groupId=${A_GROUP}`],
    ['PUT', `/api/messages/${A_GROUP}/reactions/%F0%9F%91%8D?groupId=${A_GROUP}`],
    ['DELETE', `/api/messages/${A_GROUP}/reactions/%F0%9F%91%8D?groupId=${A_GROUP}`],
    ['PUT', `/api/messages/${A_GROUP}/pin?groupId=${A_GROUP}`],
    ['DELETE', `/api/messages/${A_GROUP}/pin?groupId=${A_GROUP}`],
    ['GET', `/api/groups/${A_GROUP}/pins`],
    ['GET', `/api/threads?groupId=${A_GROUP}`],
    ['GET', `/api/groups/${A_GROUP}/changes?client=tab`],
    ['POST', `/api/groups/${A_GROUP}/frames`],
  ] as const)('%s %s answers unauthenticated', async ([method, path]) => {
    const answer = await edgewise.fetch(path, { method });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(Problem.parse(await answer.json())).toMatchObject({
      code: 'unauthenticated',
      status: 401,
    });
  });
});

describe('a body', () => {
  const post = async (body: string) => {
    const headers = { authorization: `Bearer ${await ada.token()}` };
    const answer = await edgewise.fetch('/api/groups', { method: 'POST', headers, body });
    return { status: answer.status, problem: Problem.parse(await answer.json()) };
  };

  test.for(['', '{"kind":', 'name=General'])('that is not JSON (%j) is invalid', async (body) => {
    const { status, problem } = await post(body);
    expect(status).toBe(422);
    expect(problem).toMatchObject({ code: 'invalid', fields: { body: 'is not JSON' } });
  });

  test('that is JSON but not an object is invalid as a whole', async () => {
    const { problem } = await post('[]');
    expect(problem).toMatchObject({ code: 'invalid', fields: { body: expect.any(String) } });
  });

  test('above the limit is too large, whatever it contains', async () => {
    const { status, problem } = await post('x'.repeat(JSON_BODY_BYTES + 1));
    expect(status).toBe(413);
    expect(problem.code).toBe('too_large');
  });

  test('of unknown length is limited too', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024));
    let left = JSON_BODY_BYTES / chunk.length + 1;
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const answer = await edgewise.fetch('/api/groups', {
      method: 'POST',
      headers: { authorization: `Bearer ${await ada.token()}` },
      body,
      ...{ duplex: 'half' },
    });
    expect(answer.status).toBe(413);
  });
});

describe('an address that the API does not have', () => {
  const NAVIGATION = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' };

  test.for(['/api', '/api/nothing', '/api/groups/a/b/c'])('%s is not found', async (path) => {
    const answer = await edgewise.fetch(path);
    expect(answer.status).toBe(404);
    expect(Problem.parse(await answer.json()).code).toBe('not_found');
  });

  test('is not found for a navigation either, instead of serving the page', async () => {
    const answer = await edgewise.fetch('/api/nothing', { headers: NAVIGATION });
    expect(answer.status).toBe(404);
    expect(Problem.parse(await answer.json()).code).toBe('not_found');
  });

  test('a navigation to a route reaches the route', async () => {
    const answer = await edgewise.fetch('/api/health', { headers: NAVIGATION });
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  test('is not found for an unsupported method', async () => {
    const answer = await edgewise.fetch('/api/health', { method: 'DELETE' });
    expect(answer.status).toBe(404);
  });
});

describe('while D1 is unavailable', () => {
  test('routes that need it return unavailable, with nothing about the database', async () => {
    const answer = await withoutTable(edgewise, 'groups', () => ada.api('GET', '/api/groups'));
    expect(answer.status).toBe(503);
    expect(answer.as(Problem)).toMatchObject({ code: 'unavailable' });
    expect(JSON.stringify(answer.body)).not.toMatch(/d1|sql|table|select|at /i);
  });

  test('the error is one line in the log', async () => {
    await withoutTable(edgewise, 'groups', () => ada.api('GET', '/api/groups/public'));
    const lines = edgewise.logs().filter((line) => line.includes('infrastructure_lost'));
    expect(lines.some((line) => line.includes('/api/groups/public'))).toBe(true);
  });

  test('messages can be read and sent, because the Room needs no D1', async () => {
    const group = await ada.createGroup();
    const [sent, read] = await withoutTable(edgewise, 'users', async () => [
      await ada.api('POST', '/api/messages', { groupId: group.id, content: 'still here' }),
      await ada.api('GET', `/api/messages?groupId=${group.id}`),
    ]);
    expect([sent?.status, read?.status]).toEqual([201, 200]);
  });
});

test('every response of the API forbids sniffing, framing and caching', async () => {
  for (const path of ['/api/health', '/api/users/me', '/api/nothing']) {
    const { headers } = await edgewise.fetch(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  }
});
