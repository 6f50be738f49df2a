/** Checks request bodies against their DTO classes; unknown fields are refused, every violation is listed. */
import { ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Problem, type ProblemItem } from './problem.js';

const OPTIONS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

/** The pipe that every body, parameter and query goes through. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({ ...OPTIONS, transform: true, exceptionFactory: asProblem });
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
      : { where, code, message },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => itemsOf(child, where))];
}
