/** Names of people, for answers that say who did what. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../database/database.js';
import { Person } from '../identity/identity.entities.js';

/** Full name by person id; an id without a person reads as itself. */
export type Names = (personId: string) => string;

@Injectable()
export class People {
  constructor(private readonly database: Database) {}

  async names(schoolId: string, personIds: readonly (string | null)[]): Promise<Names> {
    const ids = [...new Set(personIds.filter((id) => id !== null))];
    const people = ids.length === 0 ? [] : await this.database.read.findBy(Person, { schoolId, id: In(ids) });
    const names = new Map(people.map((person) => [person.id, person.fullName]));
    return (personId) => names.get(personId) ?? personId;
  }
}
