/** Checks request bodies against their DTO classes; unknown fields are refused, every violation is listed. */
import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Problem, type ProblemItem } from './problem.js';

const OPTIONS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;
/** Deeper than any request of ours; class-transformer goes down by recursion and would run out of stack. */
const MAX_DEPTH = 20;
/** More than any request of ours holds; class-validator looks at each before it says that a list is too long. */
const MAX_VALUES = 20_000;

class BodyPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    refuseBulk(value);
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/** The pipe that every body, parameter and query goes through. */
export function validationPipe(): ValidationPipe {
  return new BodyPipe({ ...OPTIONS, transform: true, exceptionFactory: asProblem });
}

/** Checks a value that did not come through a handler's parameter (an act's parameters). */
export function validated<T extends object>(type: new () => T, value: unknown): T {
  const instance = plainToInstance(type, value ?? {});
  const errors = validateSync(instance, OPTIONS);
  if (errors.length > 0) throw asProblem(errors);
  return instance;
}

function asProblem(errors: readonly ValidationError[]): Problem {
  const items = errors.flatMap((error) => itemsOf(error, ''));
  return new Problem('VALIDATION', `Dữ liệu gửi lên có ${items.length} chỗ chưa đúng.`, items);
}

function itemsOf(error: ValidationError, path: string): ProblemItem[] {
  const where = path === '' ? error.property : `${path}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([code, message]) =>
    code === 'whitelistValidation'
      ? { where, code: 'UNKNOWN_FIELD', message: `Không có trường «${error.property}» ở đây.` }
      : { where, code, message: inVietnamese(error.property, code, message) },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => itemsOf(child, where))];
}

/** For rules whose decorator says nothing itself. */
const SENTENCES: Readonly<Record<string, string>> = {
  isString: 'Ở đây phải là chữ.',
  isInt: 'Ở đây phải là số nguyên.',
  isNumber: 'Ở đây phải là số.',
  isBoolean: 'Ở đây phải là đúng hoặc sai (true, false).',
  isArray: 'Ở đây phải là một danh sách.',
  isObject: 'Ở đây phải là một nhóm trường.',
  nestedValidation: 'Ở đây phải là một nhóm trường.',
  isDefined: 'Thiếu phần này.',
  isIn: 'Giá trị này không có trong danh sách được chọn.',
  isUuid: 'Mã không đúng dạng.',
  min: 'Số này nhỏ quá.',
  max: 'Số này lớn quá.',
  minLength: 'Chữ này ngắn quá.',
  maxLength: 'Chữ này dài quá.',
  matches: 'Chữ này không đúng dạng.',
  arrayMinSize: 'Danh sách này còn thiếu.',
  arrayMaxSize: 'Danh sách này dài quá.',
  arrayUnique: 'Danh sách này có phần lặp lại.',
};

/** The English sentences of class-validator and Nest, which begin alike, are replaced. */
function inVietnamese(property: string, code: string, message: string): string {
  const isDefault = [`${property} `, 'each value in ', 'nested property ', 'Validation failed'].some(
    (start) => message.startsWith(start),
  );
  return isDefault ? (SENTENCES[code] ?? 'Giá trị này không đúng dạng.') : message;
}

/** @throws Problem VALIDATION for a body deeper or with more values than any request needs */
function refuseBulk(body: unknown): void {
  let level = [body];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length;
    if (depth > MAX_DEPTH) {
      throw new Problem('VALIDATION', `Dữ liệu gửi lên lồng nhau quá ${MAX_DEPTH} tầng.`);
    }
    if (values > MAX_VALUES) {
      throw new Problem('VALIDATION', `Dữ liệu gửi lên có quá ${MAX_VALUES} giá trị; hãy chia ra nhiều lần.`);
    }
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null && !Buffer.isBuffer(one)
        ? (Object.values(one) as unknown[])
        : [],
    );
  }
}
