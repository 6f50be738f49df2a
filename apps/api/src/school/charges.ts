/** What appointments are in charge of, as far as classes and subjects go. Pure. */
import type { Charge } from '../identity/identity.entities.js';

/** A class, seen by who is in charge of what. */
export interface ClassPlace {
  readonly id: string;
  readonly grade: number;
}

/** Whether the charge takes in the class, and of it the subject, when one is meant. Null is the whole school. */
export function inCharge(charge: Charge | null, place: ClassPlace, subject?: string): boolean {
  if (charge === null) return true;
  const { grades, classIds, subjects } = charge;
  const byClass =
    (grades === undefined && classIds === undefined) ||
    grades?.includes(place.grade) === true ||
    classIds?.includes(place.id) === true;
  return byClass && (subjects === undefined || (subject !== undefined && subjects.includes(subject)));
}

/** Whether the charge touches the class at all: the head of a group by subjects may look at the class that has them. */
export function touches(charge: Charge | null, place: ClassPlace, taught: readonly string[]): boolean {
  return inCharge(charge, place) || taught.some((subject) => inCharge(charge, place, subject));
}

/** What someone wants to announce; a list left out means "all". */
export interface Reach {
  readonly grades?: readonly number[];
  readonly classIds?: readonly string[];
  readonly areas?: readonly string[];
}

/**
 * Whether all that a notice reaches is in the charge.
 * @param classes the classes named in `reach.classIds`, with their grades
 */
export function reachesOnly(charge: Charge | null, reach: Reach, classes: readonly ClassPlace[]): boolean {
  if (charge === null) return true;
  const named = classes.filter(({ id }) => reach.classIds?.includes(id) === true);
  const { grades, classIds, subjects } = charge;
  const whole = grades === undefined && classIds === undefined;
  const byGrade = reach.grades?.every((grade) => grades?.includes(grade) === true) === true;
  const byClass =
    reach.classIds?.length === named.length &&
    named.length > 0 &&
    named.every((place) => inCharge({ ...(grades && { grades }), ...(classIds && { classIds }) }, place));
  const bySubject = subjects === undefined || reach.areas?.every((area) => subjects.includes(area)) === true;
  return (whole || byGrade || byClass) && bySubject;
}
