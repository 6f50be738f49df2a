/** A calendar day in Viet Nam, `YYYY-MM-DD`, that exists. */
import { IsISO8601, Matches } from 'class-validator';

/** @param what how the field is called in messages, for example "Ngày họp" */
export function CalendarDay(what: string): PropertyDecorator {
  const decorators = [
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message: `${what} phải có dạng YYYY-MM-DD.` }),
    IsISO8601({ strict: true }, { message: `${what} không có thật.` }),
  ];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
