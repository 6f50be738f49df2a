/**
 * Tells the journal that the clock opened or ended windows: each once, by whichever process looks first, also after a
 * time when none was running. Nothing is open or closed because of it: that follows from the stored times alone.
 */
import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { RegularWork } from '../regular-work.js';
import { EntryWindow } from './windows.entities.js';

const LOOK_MS = 20_000;
/** Who acted, in the journal, where no person did. */
const THE_CLOCK = 'clock';

type Told = 'clockOpenedAt' | 'clockClosedAt';

@Injectable()
export class WindowClock extends RegularWork {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {
    super('windows', LOOK_MS, 'atOnce');
  }

  protected work(): Promise<void> {
    return this.tellDue();
  }

  /** Tells of every window whose time has come, in all schools, or of one year alone before that is closed. */
  async tellDue(only: Partial<Pick<EntryWindow, 'schoolId' | 'yearId'>> = {}): Promise<void> {
    for (const told of ['clockOpenedAt', 'clockClosedAt'] as const) {
      const where = { ...dueOf(told, this.clock.timestamp()), ...only };
      const due = await this.database.read.find(EntryWindow, { where });
      for (const { schoolId, id } of due) await this.tell(schoolId, id, told);
    }
  }

  private async tell(schoolId: string, id: string, told: Told): Promise<void> {
    await this.database.write(async (tx) => {
      const now = this.clock.timestamp();
      // Asked again with the row held: another process may have told meanwhile, a notice may have changed the times.
      const window = await tx.findOne(EntryWindow, {
        where: { ...dueOf(told, now), schoolId, id },
        ...rowLock(tx),
      });
      if (window === null) return;
      await tx.update(EntryWindow, { schoolId, id }, { [told]: now });
      const opened = told === 'clockOpenedAt';
      await this.journal.append(tx, schoolId, {
        type: opened ? 'window.opened' : 'window.closed',
        subject: 'windows',
        subjectId: id,
        actor: THE_CLOCK,
        at: now,
        data: { [told]: now, due: opened ? window.opensAt : window.closesAt },
      });
    });
  }
}

/** Not called off, nor closed by hand, before its time came; and not told of yet. */
function dueOf(told: Told, now: string): FindOptionsWhere<EntryWindow> {
  const alive = { [told]: IsNull(), cancelledAt: IsNull(), closedAt: IsNull() };
  return told === 'clockOpenedAt'
    ? { ...alive, opening: 'clock', opensAt: LessThanOrEqual(now) }
    : { ...alive, closesAt: LessThanOrEqual(now) };
}
