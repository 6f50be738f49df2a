/** Column helpers that mean the same on SQLite and PostgreSQL: only `text` and `integer` are used in the schema. */
import type { ValueTransformer } from 'typeorm';

/**
 * Bytes kept as base64 text: readable with SQL on both engines, no engine-specific binary type. Text that this did not
 * write (edited with SQL) reads as no bytes at all: nothing takes it for what was there, and audit names the row.
 */
export const asBase64: ValueTransformer = {
  to: (value: Uint8Array | null | undefined) =>
    value ? Buffer.from(value).toString('base64') : (value ?? null),
  from: (value: string | null) => (value === null ? null : strictBytes(value)),
};

function strictBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : new Uint8Array();
}

/** A JSON value kept as text. Text that is no JSON reads as itself, so that audit can name the row it stands in. */
export const asJson: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: string | null) => (value === null ? null : parsed(value)),
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
