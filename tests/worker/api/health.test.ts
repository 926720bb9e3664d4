import { expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { Health } from '../../../protocol/health.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { withoutTable } from '../../support/without-table.ts';

const edgewise = sharedEdgewise();

async function health() {
  const answer = await edgewise.fetch('/api/health');
  return { status: answer.status, health: Health.parse(await answer.json()) };
}

test('health is public, and reports every check and the version', async () => {
  const found = await health();
  expect(found.status).toBe(200);
  expect(found.health).toMatchObject({
    status: 'ok',
    version: manifest.version,
    checks: {
      http: { status: 'ok' },
      d1: { status: 'ok' },
      r2: { status: 'ok' },
      rooms: { status: 'ok' },
    },
  });
  expect(Math.abs(found.health.time - Date.now())).toBeLessThan(60_000);
});

test('without D1 health is down, names the part, and gives no reason', async () => {
  const found = await withoutTable(edgewise, 'users', health);
  expect(found.status).toBe(503);
  expect(found.health).toMatchObject({
    status: 'down',
    checks: { d1: { status: 'down', detail: 'answers with an error' }, rooms: { status: 'ok' } },
  });
  expect(edgewise.logs().some((line) => line.includes('health_check_failed'))).toBe(true);
});

test('health recovers with D1', async () => {
  await withoutTable(edgewise, 'users', health);
  expect((await health()).health.status).toBe('ok');
});
