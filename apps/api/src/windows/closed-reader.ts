/** Says of each column of a sheet whether it is open, now or at an earlier moment, and why not. No marks are in it. */
import { Injectable } from '@nestjs/common';
import type { ClosedAnswer } from '#contracts/windows.js';
import { Clock } from '../clock.js';
import { notFound } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { sheetOf } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Gates } from './gates.js';
import { utc } from './window-rows.js';

@Injectable()
export class ClosedReader {
  constructor(
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly gates: Gates,
  ) {}

  /** @throws Problem NOT_FOUND, FORBIDDEN */
  async of(
    session: SessionContext,
    ref: { readonly classId: string; readonly area: string; readonly period: string },
    at: string | undefined,
  ): Promise<ClosedAnswer> {
    const { info } = await this.access.authorize(session, ref.classId, 'sheet.list');
    const sheet = sheetOf(info, ref.area, ref.period);
    if (sheet === null) throw notFound('bảng điểm');
    const gate =
      at === undefined
        ? await this.gates.ofSheet(info, ref.area, ref.period)
        : await this.gates.ofSheetAt(info, ref.area, ref.period, utc(at));
    const pupils = await this.classes.presentPupils(info);
    const columns = sheet.columns.map(({ code, label }) => {
      const closed = gate.whyClosed(code);
      const openFor = pupils.map(({ pupil }) => pupil.id).filter((id) => gate.isOpen(code, id));
      return {
        code,
        label,
        open: closed === null,
        reason: closed?.code ?? null,
        sentence: closed?.sentence ?? null,
        openFor: closed === null ? [] : openFor,
      };
    });
    return { at: at === undefined ? this.clock.timestamp() : utc(at), columns };
  }
}
