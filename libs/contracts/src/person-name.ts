/** Names of people, and letters that do not belong into one (security 24): look-alikes, other scripts, characters nobody sees. */
import { registerDecorator, type ValidationArguments } from 'class-validator';
import { PlainText } from './plain-text.js';

export interface NameFault {
  /** In Vietnamese, naming the character. */
  readonly message: string;
  /** The name with the look-alike replaced, where there is one. */
  readonly suggestion: string | null;
}

/** Letters that keyboards and converters put in place of Vietnamese ones. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ð: 'đ',
  Ð: 'Đ',
  ɖ: 'đ',
  Ɖ: 'Đ',
  '’': "'",
  '‘': "'",
  '`': "'",
};

/** Latin letters, marks, a space, hyphen, full stop and apostrophe: "H'Blim Niê", "Kim Min-jun". */
const NAME = /^[\p{Script=Latin}\p{Mn}' .-]$/u;

/** What is wrong with a name in NFC; null when nothing is. */
export function nameFault(name: string): NameFault | null {
  const suspect = [...name].find((letter) => letter in LOOK_ALIKES || !NAME.test(letter));
  if (suspect === undefined) return null;
  const code = `U+${(suspect.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(suspect) ? `“${suspect}” (${code})` : code;
  const replacement = LOOK_ALIKES[suspect];
  if (replacement === undefined) {
    return {
      message: `Họ tên có kí tự ${shown} không dùng trong tên; hãy gõ lại tên này.`,
      suggestion: null,
    };
  }
  const suggestion = [...name].map((letter) => LOOK_ALIKES[letter] ?? letter).join('');
  return {
    message: `Họ tên có kí tự ${shown}; có phải là “${replacement}”? Hãy gõ lại tên này.`,
    suggestion,
  };
}

/**
 * A name that is kept as it is typed, in NFC.
 * @param length shortest and longest, in UTF-16 units
 */
export function PersonName(length: { readonly min: number; readonly max: number }): PropertyDecorator {
  return (target, property) => {
    PlainText('Họ tên', length)(target, property);
    registerDecorator({
      name: 'personName',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value !== 'string' || nameFault(value) === null,
        defaultMessage: (args?: ValidationArguments) =>
          nameFault(String(args?.value))?.message ?? 'Họ tên không đúng.',
      },
    });
  };
}
