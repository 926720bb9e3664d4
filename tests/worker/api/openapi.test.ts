import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();

const Operation = z.object({
  security: z.optional(z.array(z.unknown())),
  responses: z.record(z.string(), z.unknown()),
});
const Document = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

test('the document is public, and every reference in it resolves', async () => {
  const answer = await edgewise.fetch('/api/openapi.json');
  expect(answer.status).toBe(200);
  const text = await answer.text();
  const { openapi, paths, components } = Document.parse(JSON.parse(text));
  expect(openapi).toBe('3.1.0');
  expect(paths['/api/groups']?.['post']?.responses).toHaveProperty('201');
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  for (const [, name = ''] of references) expect(components.schemas).toHaveProperty(name);
});

test('routes documented as public are public, and all others require a session', async () => {
  const { paths } = Document.parse(await (await edgewise.fetch('/api/openapi.json')).json());
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, { security }] of Object.entries(item)) {
      const address = path.replaceAll(/\{\w+\}/g, '01900000-0000-7000-8000-000000000001');
      const { status } = await edgewise.fetch(address, { method: method.toUpperCase() });
      expect([method, path, status === 401]).toEqual([method, path, security === undefined]);
    }
  }
});

test('the page that shows it has no inline scripts, and loads only our own files', async () => {
  const answer = await edgewise.fetch('/api/docs');
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
  const html = await answer.text();
  expect(html).not.toMatch(/<script(?![^>]* src="\/assets\/)/);
  expect(html).not.toMatch(/(src|href)="(?!\/assets\/docs\/)/);
});
