/** Why bytes are not one of the ledger's formats. A closed set: whoever maps codes to messages can be exhaustive. */
export type FormatCode =
  | 'BAD_UTF8'
  | 'BAD_BASE64'
  | 'BAD_HEX'
  | 'BAD_NUMBER'
  | 'BAD_TIME'
  | 'BAD_LENGTH'
  | 'BAD_NAME'
  | 'BAD_KEY'
  | 'UNKNOWN_KEY_TYPE'
  | 'BAD_HEADER'
  | 'BAD_LINE'
  | 'MISSING_LINE'
  | 'MISSING_NEWLINE'
  | 'CONTROL_CHARACTER'
  | 'DUPLICATE'
  | 'UNKNOWN_MEMBER'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'TOO_DEEP'
  | 'BAD_JSON'
  | 'NOT_CANONICAL'
  | 'BAD_FIELD';

/**
 * Bytes that are not what their format allows. Nothing of such input is ever stored. `line` counts from 1 where the
 * format is made of lines.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';

  constructor(
    readonly code: FormatCode,
    message: string,
    readonly line?: number,
  ) {
    super(line === undefined ? message : `line ${String(line)}: ${message}`);
  }
}
