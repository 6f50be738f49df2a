/** The JSON Schemas beside the format: what a reader of our documents in another language starts from. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Json } from '#ledger/format/jcs.js';
import { documentJsonSchema } from '#transcript/schema.js';
import { ROUTE_ROLES, type DocumentKind } from '#transcript/school-document.js';

describe('the published schemas', () => {
  test.each(Object.keys(ROUTE_ROLES) as DocumentKind[])('%s is what the code checks', (kind) => {
    const file = new URL(`../schemas/${kind}-1.schema.json`, import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8')) as Json).toEqual(documentJsonSchema(kind));
  });
});
