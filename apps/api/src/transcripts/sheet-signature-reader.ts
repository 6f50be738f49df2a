/** A class's sheets with who signed them, as those see them who see how far the class is. */
import { Injectable } from '@nestjs/common';
import type { SheetSignatureAnswer, SignedSheetAnswer } from '#contracts/sheet-signatures.js';
import { MarkStore } from '../gradebook/mark-store.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { People } from '../school/people.js';
import { isSigned, SheetStandings, type StandingSheet } from './sheet-standing.js';

@Injectable()
export class SheetSignatureReader {
  constructor(
    private readonly access: ClassAccess,
    private readonly marks: MarkStore,
    private readonly people: People,
    private readonly standings: SheetStandings,
  ) {}

  async ofClass(session: SessionContext, classId: string): Promise<SignedSheetAnswer[]> {
    const { info, asker } = await this.access.authorize(session, classId, 'sheet.list');
    const sheets = await this.read(info);
    return sheets.map(({ answer, standing }) => {
      const { area } = standing.sheet.area;
      const locked = standing.digest !== null;
      const signed = standing.signatures.some(({ personId }) => personId === session.personId);
      const mine = !signed && locked && asker.may('sheet.sign', { ...asker.mine.sheet(info, area), locked });
      return { ...answer, mine };
    });
  }

  /** The sheets of a class that its teachers have not all signed. */
  async unsigned(info: ClassInfo): Promise<SignedSheetAnswer[]> {
    return (await this.read(info))
      .filter(({ standing }) => !isSigned(standing))
      .map(({ answer }) => ({ ...answer, mine: false }));
  }

  private async read(
    info: ClassInfo,
  ): Promise<{ answer: Omit<SignedSheetAnswer, 'mine'>; standing: StandingSheet }[]> {
    const cells = await this.marks.ofClasses(info.schoolId, [info.id]);
    const standings = await this.standings.ofClass(info, cells);
    const ids = standings.flatMap(({ signatures, waitingFor }) => {
      return [...signatures.map(({ personId }) => personId), ...waitingFor];
    });
    const names = await this.people.names(info.schoolId, [...new Set(ids)]);
    return standings.map((standing) => ({ answer: answerOf(info, standing, names), standing }));
  }
}

function answerOf(
  info: ClassInfo,
  standing: StandingSheet,
  names: (personId: string) => string,
): Omit<SignedSheetAnswer, 'mine'> {
  const { sheet, digest, lockId, signatures, waitingFor } = standing;
  const waiting = lockId === null ? 'open' : 'waiting';
  return {
    ...{ classId: info.id, className: info.name },
    ...{ area: sheet.area.area, areaLabel: sheet.area.label, period: sheet.period },
    state: isSigned(standing) ? 'signed' : waiting,
    digest,
    signatures: signatures.map(({ personId, signedAt, cms }): SheetSignatureAnswer => {
      return { by: names(personId), at: signedAt, how: cms === null ? 'confirmation' : 'certificate' };
    }),
    waitingFor: waitingFor.map(names),
  };
}
