/** Text that a person writes in one line: NFC, trimmed, without characters that nobody sees. */
import { Transform } from 'class-transformer';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** Control, zero-width, bidirectional, private characters; a database may not even take them. */
const SEEN = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}]*$/u;

/**
 * @param what how the field is called in messages, for example "Lí do"
 * @param length shortest and longest, in UTF-16 units
 */
export function PlainText(
  what: string,
  length: { readonly min: number; readonly max: number },
): PropertyDecorator {
  const { min, max } = length;
  const decorators = [
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.normalize('NFC').trim() : value,
    ),
    IsString({ message: `${what} phải là chữ.` }),
    MinLength(min, {
      message: min === 1 ? `${what} không được trống.` : `${what} phải rõ, ít nhất ${min} kí tự.`,
    }),
    MaxLength(max, { message: `${what} dài quá ${max} kí tự.` }),
    Matches(SEEN, { message: `${what} có kí tự không hiển thị được; hãy xóa và gõ lại chỗ đó.` }),
  ];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
