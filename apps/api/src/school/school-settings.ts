/** What a school decides for itself (quy chế của trường): read by its staff, changed by the principal's decision. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SWITCH_NAMES, switchesOf, type SwitchName } from '#policy/switches.js';
import { SettingsParams, type SettingsAnswer } from '#contracts/settings.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer } from '../identity/acts.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { Relations } from './relations.js';
import { School, type SchoolSettings } from './school.entities.js';

@Injectable()
export class Settings implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly acts: Acts,
    private readonly relations: Relations,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('settings.change', async (session, params) => {
      const asked = validated(SettingsParams, params);
      return (await this.plan(session, asked)).change;
    });
  }

  async read(session: SessionContext): Promise<SettingsAnswer> {
    await this.authorizer.authorize(session, 'settings.read', await this.relations.ofSchool(session));
    return answer((await this.school(session)).settings);
  }

  /**
   * Takes the principal's decision into force, from the next request on.
   * @throws Problem FORBIDDEN; STATE_CONFLICT when nothing would change; ACT_INVALID when something changed meanwhile
   */
  async change(session: SessionContext, params: SettingsParams, act: ActAnswer): Promise<SettingsAnswer> {
    return this.database.write(async (tx) => {
      await tx.findOneOrFail(School, { where: { id: session.schoolId }, ...rowLock(tx) });
      const { change, settings, rule } = await this.plan(session, params);
      await this.acts.use(tx, session, act, 'settings.change', change);
      await tx.update(School, { id: session.schoolId }, { settings });
      await this.journal.append(tx, session.schoolId, {
        ...{ type: 'settings.changed', subject: 'schools', subjectId: session.schoolId },
        ...{ actor: session.personId, session: session.sessionId, act: act.id, rule },
        at: this.clock.timestamp(),
        data: { ...change, settings: { ...settings } },
      });
      return answer(settings);
    });
  }

  /** The exact change, from what holds now; asked when the act is stated and again when it is used. */
  private async plan(session: SessionContext, params: SettingsParams) {
    const { switches: wanted, decisionNumber, decidedOn } = params;
    const rule = await this.authorizer.authorize(
      session,
      'settings.change',
      await this.relations.ofSchool(session),
    );
    const { settings } = await this.school(session);
    const before = switchesOf(settings);
    const names = SWITCH_NAMES.filter((name) => wanted[name] !== undefined && wanted[name] !== before[name]);
    if (names.length === 0) {
      throw new Problem('STATE_CONFLICT', 'Quy chế đang đúng như vậy: không có gì để thay đổi.');
    }
    const changes = names.map((name) => ({ name, old: before[name], new: wanted[name] ?? before[name] }));
    const decided = Object.fromEntries(changes.map((one) => [one.name, one.new]));
    const change = { action: 'settings.change', decisionNumber, decidedOn, changes };
    return { change, rule, settings: { ...settings, ...decided } };
  }

  private school({ schoolId }: SessionContext): Promise<School> {
    return this.database.read.findOneByOrFail(School, { id: schoolId });
  }
}

function answer(settings: SchoolSettings): SettingsAnswer {
  const decided: SwitchName[] = SWITCH_NAMES.filter((name) => settings[name] !== undefined);
  return { switches: { ...switchesOf(settings) }, decided };
}
