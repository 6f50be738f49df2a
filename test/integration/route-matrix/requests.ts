/** What is sent to each route: by default the examples of its DTO with the ids of the place, or what is said here. */
import { randomUUID } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import { NO_THING, RECIPES } from './recipes.js';
import { described, type Route } from './routes.js';
import type { Things } from './world.js';

/** A request as it is sent. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string | FormData;
  /** Text by which two requests are compared. */
  readonly text: string;
}

const BOGUS_ACT = { id: randomUUID(), method: 'totp', code: '123456' };

/** The request of a route about the things of one place. */
export function requestOf(document: OpenAPIObject, route: Route, things: Things): Sent {
  const recipe = RECIPES[route.name] ?? {};
  const { body, upload, query } = described(document, route);
  const path = route.path
    .replace(/:(\w+)/g, (_all, name: string) => things[recipe.ids?.[name] ?? name] ?? NO_THING)
    .replace('*', `/${things['tile'] ?? ''}`);
  const asked =
    recipe.query?.(things) ?? Object.fromEntries(query.map((name) => [name, thingNamed(name, things)]));
  const search = Object.keys(asked).length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`;
  const own = recipe.body?.(things);
  const made = body === undefined && own === undefined ? undefined : withAct(own, placed(body, things, ''));
  const text = `${path}${search} ${JSON.stringify(made) ?? ''}`;
  if (upload)
    return { method: route.method, path: path + search, body: formOf(made, recipe.file?.(things)), text };
  const sent = made === undefined ? {} : { body: JSON.stringify(made) };
  return { method: route.method, path: path + search, ...sent, text };
}

/** A body said by hand still needs the act that its DTO asks for. */
function withAct(own: object | undefined, generic: unknown): unknown {
  if (own === undefined) return generic;
  const asksAct = typeof generic === 'object' && generic !== null && 'act' in generic;
  return asksAct ? { ...own, act: BOGUS_ACT } : own;
}

/** The generic body, with the ids of the place where a field names one. */
function placed(value: unknown, things: Things, field: string): unknown {
  if (field === 'act') return BOGUS_ACT;
  if (Array.isArray(value)) return value.map((one) => placed(one, things, field.replace(/s$/, '')));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, placed(inner, things, name)]),
    );
  }
  return things[field] ?? (/Id$/.test(field) ? NO_THING : value);
}

function thingNamed(name: string, things: Things): string {
  return things[name.replace(/s$/, '')] ?? things[name] ?? NO_THING;
}

function formOf(fields: unknown, file: Uint8Array = Uint8Array.of(1, 2, 3)): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries((fields ?? {}) as Record<string, unknown>)) {
    if (name !== 'file') form.append(name, String(value));
  }
  form.append('file', new Blob([Uint8Array.from(file)]), 'tep.xlsx');
  return form;
}
