/** Column helpers that mean the same on SQLite and PostgreSQL: only `text` and `integer` are used in the schema. */
import type { ValueTransformer } from 'typeorm';

/** Bytes kept as base64 text: readable with SQL on both engines, no engine-specific binary type. */
export const asBase64: ValueTransformer = {
  to: (value: Uint8Array | null | undefined) =>
    value ? Buffer.from(value).toString('base64') : (value ?? null),
  from: (value: string | null) => (value === null ? null : new Uint8Array(Buffer.from(value, 'base64'))),
};

/** A JSON value kept as text. */
export const asJson: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: string | null) => (value === null ? null : (JSON.parse(value) as unknown)),
};
