/** Every route that the running server answers, from the router itself, with a body made of the examples of its DTO. */
import { randomUUID } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { TestServer } from '../school.js';

/** A route as the router holds it. */
export interface Route {
  readonly method: string;
  /** "/api/classes/:classId" */
  readonly path: string;
  /** "GET /api/classes/:classId" */
  readonly name: string;
}

/** One schema of the description, as far as examples are made of it. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly example?: unknown;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** What a route's request looks like by its description. */
export interface Described {
  readonly body: unknown;
  readonly upload: boolean;
  /** Names of the query's parameters that must be there. */
  readonly query: readonly string[];
}

/** The routes of the router; HEAD is only ever the shadow of a GET. */
export function routesOf(server: TestServer): Route[] {
  const router = server.app.getHttpAdapter().getInstance() as { printRoutes(how: object): string };
  const above: string[] = [];
  return router
    .printRoutes({ commonPrefix: false, includeHooks: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^(?<indent>[│ ]*)[├└]── (?<part>\S+)(?: \((?<methods>[A-Z, ]+)\))?$/.exec(line)?.groups;
      if (found === undefined) return [];
      const depth = (found['indent'] ?? '').length / 4;
      above.splice(depth, above.length, found['part'] ?? '');
      const path = above.join('');
      const methods = (found['methods'] ?? '')
        .split(', ')
        .filter((method) => method !== '' && method !== 'HEAD');
      return methods.map((method) => ({ method, path, name: `${method} ${path}` }));
    })
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1));
}

/** @param document the server's own /api/openapi.json */
export function described(document: OpenAPIObject, { method, path }: Route): Described {
  const item = document.paths[path.replace(/:(\w+)/g, '{$1}')] as Record<string, unknown> | undefined;
  const operation = item?.[method.toLowerCase()] as
    | {
        requestBody?: { content: Record<string, { schema: Schema }> };
        parameters?: readonly { in: string; name: string; required?: boolean }[];
      }
    | undefined;
  const [type, content] = Object.entries(operation?.requestBody?.content ?? {})[0] ?? [];
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  return {
    body: content === undefined ? undefined : exampleOf(content.schema, schemas),
    upload: type === 'multipart/form-data',
    query: (operation?.parameters ?? [])
      .filter((p) => p.in === 'query' && p.required)
      .map(({ name }) => name),
  };
}

/** A value with every required field of the schema. */
function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref ?? schema.oneOf?.[0]?.$ref;
  const named = reference === undefined ? undefined : schemas[reference.replace('#/components/schemas/', '')];
  if (named !== undefined) return exampleOf(named, schemas);
  if (schema.example !== undefined) return schema.example;
  if (schema.items !== undefined) return [exampleOf(schema.items, schemas)];
  if (schema.properties === undefined) return schema.type === 'object' ? {} : randomUUID();
  const wanted = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name));
  return Object.fromEntries(wanted.map(([name, property]) => [name, exampleOf(property, schemas)]));
}
