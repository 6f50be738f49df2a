/** Refuses passwords that are easy to guess, with the reasons a person can act on. */
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { School } from '../school/school.entities.js';
import { commonPasswords } from './common-passwords.js';
import type { Person } from './identity.entities.js';
import { passwordFaults } from './password-rules.js';

@Injectable()
export class PasswordPolicy {
  constructor(private readonly database: Database) {}

  /**
   * @param field the request's field, for the answer
   * @throws Problem VALIDATION with every fault
   */
  async check(person: Person, password: string, field: string): Promise<void> {
    const school = await this.database.read.findOneByOrFail(School, { id: person.schoolId });
    const { username, fullName } = person;
    const about = { username, fullName, schoolName: school.name };
    const faults = passwordFaults(password, about, await commonPasswords());
    if (faults.length === 0) return;
    const items = faults.map((message) => ({ where: field, code: 'PASSWORD_WEAK', message }));
    throw new Problem('VALIDATION', 'Mật khẩu này chưa dùng được.', items);
  }
}
