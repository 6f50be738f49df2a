/** Distinguished names: read into their attributes, compared as bytes (our CA copies the issuer's name verbatim). */
import { DerReader, readOid, readSetOf, type DerContext } from './der-read.js';
import { TAG } from './der-write.js';

interface NameAttribute {
  /** Hex of the attribute type's DER content octets (oids.ts). */
  readonly type: string;
  readonly value: string;
}

export interface DistinguishedName {
  readonly der: Uint8Array;
  /** One attribute a relative name, in the order written. */
  readonly attributes: readonly NameAttribute[];
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

function readText(reader: DerReader): string {
  const value = reader.any('a name');
  let text: string;
  try {
    text = strictUtf8.decode(value.content);
  } catch {
    throw reader.wrong('a name is not UTF-8');
  }
  const known =
    value.tag === TAG.utf8String ||
    (value.tag === TAG.printableString && PRINTABLE.test(text)) ||
    (value.tag === TAG.ia5String && value.content.every((octet) => octet < 0x80));
  if (!known) throw reader.wrong('a name is neither UTF8String, PrintableString nor IA5String');
  return text;
}

/** Reads a Name (RFC 5280 §4.1.2.4) whose relative names have one attribute each. Other shapes: the context's code. */
export function readName(reader: DerReader, name: string, context: DerContext): DistinguishedName {
  const { bytes, content } = reader.next(TAG.sequence, name);
  const attributes = new DerReader(content, context).rest(name).map((relative) => {
    const [only, ...others] = readSetOf(relative.content, name, context);
    if (relative.tag !== TAG.set || only?.tag !== TAG.sequence || others.length > 0) {
      throw reader.wrong(`${name} has a relative name that is not one attribute`);
    }
    const fields = new DerReader(only.content, context);
    const attribute = { type: readOid(fields, 'an attribute type'), value: readText(fields) };
    fields.end('an attribute of a name');
    return attribute;
  });
  return { der: bytes, attributes };
}

/** The single value of an attribute type; undefined if it is absent or stands twice. */
export function nameValue(name: DistinguishedName, type: string): string | undefined {
  const found = name.attributes.filter((attribute) => attribute.type === type);
  return found.length === 1 ? found[0]?.value : undefined;
}
