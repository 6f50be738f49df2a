/** An object inside a request that must be there and is checked field by field. */
import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';

/** `@ValidateNested` alone lets a missing object pass. @param type gives the class of the nested object */
export function Nested(type: () => new () => object): PropertyDecorator {
  const missing = { message: 'Thiếu phần này.' };
  const decorators = [IsDefined(missing), IsObject(missing), ValidateNested(), Type(type)];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
