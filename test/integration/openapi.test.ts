import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ENGINE } from './engine.js';
import { TestServer } from './school.js';

/** A property of a schema, as far as this test looks at it. */
interface Property {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly allOf?: readonly unknown[];
  readonly items?: { readonly $ref?: string };
  readonly format?: string;
}

let server: TestServer;
let document: OpenAPIObject;

beforeAll(async () => {
  server = await TestServer.start();
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenAPIObject;
}, 60_000);
afterAll(() => server.stop(), 30_000);

function operations() {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'put', 'post', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ name: `${method.toUpperCase()} ${path}`, operation }];
    }),
  );
}

describe(`the description of the API on ${ENGINE}`, () => {
  test('names the routes of the main job', () => {
    expect(operations().map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'POST /api/roster/import',
        'POST /api/notices',
        'PUT /api/classes/{classId}/sheets/{area}/{period}/drafts',
        'POST /api/corrections/{id}/approve',
        'POST /api/locks',
        'POST /api/results/{classId}/compute',
        'POST /api/decisions',
      ]),
    );
  });

  test('says of every route what it does and what it answers', () => {
    const wanting = operations().filter(({ operation }) => {
      const good = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      const answered = good.some(([status, answer]) => status === '204' || 'content' in (answer ?? {}));
      return (operation.summary ?? '') === '' || (operation.tags ?? []).length === 0 || !answered;
    });
    expect(wanting.map(({ name }) => name)).toEqual([]);
  });

  test('gives an example of every field', () => {
    const schemas = Object.entries(document.components?.schemas ?? {});
    const bare = schemas.flatMap(([name, schema]) => {
      const properties = ('properties' in schema ? schema.properties : {}) as Record<string, Property>;
      return Object.entries(properties)
        .filter(([, { $ref, example, allOf, items, format }]) => {
          const nested = $ref !== undefined || allOf !== undefined || items?.$ref !== undefined;
          return example === undefined && !nested && format !== 'binary';
        })
        .map(([property]) => `${name}.${property}`);
    });
    expect(bare).toEqual([]);
    expect(schemas.length).toBeGreaterThan(40);
  });
});
