/** Ids in addresses: what is not an id names nothing, so it is not found rather than wrong. */
import { Param, type PipeTransform } from '@nestjs/common';
import { notFound } from './problem.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Gives a handler the id from the address. @param what what it names, in Vietnamese, for the answer */
export function IdParam(name: string, what: string): ParameterDecorator {
  const pipe: PipeTransform<unknown, string> = {
    transform: (value) => {
      if (typeof value !== 'string' || !ID.test(value)) throw notFound(what);
      return value;
    },
  };
  return Param(name, pipe);
}
