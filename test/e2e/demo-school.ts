/** What is in the demo school, found out through the API, so that the tests know what the pages should show. */
import type { SheetAnswer, SheetsAnswer } from '#contracts/gradebook.js';
import type { PresentationAnswer, PresentationRequest } from '#contracts/presentations.js';
import type { ClassesAnswer, SchoolDetailsAnswer } from '#contracts/school.js';
import type { TranscriptsAnswer } from '#contracts/transcripts.js';
import type { Desk, PlayerAccount } from '#fixtures/play/client.js';
import type { StartedServer } from './server.js';

const SCHOOL = 'thcs-song-may';

/** A cell with a decimal in a sheet that a teacher teaches. */
export interface DecimalCell {
  readonly account: PlayerAccount;
  readonly classId: string;
  readonly className: string;
  readonly areaLabel: string;
  readonly periodLabel: string;
  readonly pupilName: string;
  readonly pupils: number;
  /** Canonical text: "7.5". */
  readonly value: string;
  readonly path: string;
}

/** Looks through the teachers' own sheets of the running year. */
export async function findDecimalCell({ accounts, desks }: StartedServer): Promise<DecimalCell> {
  for (const account of accounts.filter((one) => one.school === SCHOOL && one.roles.includes('teacher'))) {
    const desk = desks.of(account.personId);
    const { classes } = await desk.get<ClassesAnswer>('/api/classes');
    for (const one of classes.filter(({ mine }) => mine.length > 0)) {
      const { sheets } = await desk.get<SheetsAnswer>(`/api/classes/${one.id}/sheets`);
      for (const { area, period } of sheets.filter((sheet) => sheet.mine && sheet.recorded > 0)) {
        const found = await decimalIn(desk, account, `${one.id}/sheets/${area}/${period}`);
        if (found !== null) return { ...found, path: `/lop/${one.id}/${area}/${period}` };
      }
    }
  }
  throw new Error('No teacher of the demo school has a recorded mark with a decimal.');
}

async function decimalIn(
  desk: Desk,
  account: PlayerAccount,
  sheetPath: string,
): Promise<Omit<DecimalCell, 'path'> | null> {
  const sheet = await desk.get<SheetAnswer>(`/api/classes/${sheetPath}`);
  for (const pupil of sheet.pupils.filter(({ leftOn }) => leftOn === null)) {
    const cell = pupil.cells.find(({ value }) => /^\d\.\d$/.test(value ?? ''));
    const { classId, className, areaLabel, periodLabel } = sheet;
    if (cell?.value !== undefined && cell.value !== null) {
      const { value } = cell;
      const pupils = sheet.pupils.length;
      return {
        account,
        classId,
        className,
        areaLabel,
        periodLabel,
        pupilName: pupil.fullName,
        pupils,
        value,
      };
    }
  }
  return null;
}

/** An issued transcript: its file, and what is printed on it. */
export interface IssuedTranscript {
  readonly id: string;
  readonly pdf: Uint8Array;
  readonly fullName: string;
  readonly verificationCode: string;
}

export async function findIssuedTranscript(server: StartedServer): Promise<IssuedTranscript> {
  const principal = server.desks.withRole(SCHOOL, 'principal');
  const { years } = await principal.get<SchoolDetailsAnswer>('/api/school');
  for (const year of years) {
    const { classes } = await principal.get<ClassesAnswer>(`/api/classes?yearId=${year.id}`);
    for (const one of classes) {
      const { transcripts } = await principal.get<TranscriptsAnswer>(`/api/transcripts?classId=${one.id}`);
      const issued = transcripts.find(({ state }) => state === 'issued');
      if (issued === undefined) continue;
      const pdf = await principal.download(`/api/transcripts/${issued.id}/pdf`);
      const { id, fullName, verificationCode } = issued;
      return { id, pdf, fullName, verificationCode };
    }
  }
  throw new Error('The demo school has no issued transcript.');
}

/** What the school's office makes of an issued transcript to be shown to others. */
export async function present(
  server: StartedServer,
  { id }: IssuedTranscript,
  asked: PresentationRequest,
): Promise<Uint8Array> {
  const principal = server.desks.withRole(SCHOOL, 'principal');
  const path = `/api/transcripts/${id}/presentations`;
  const { file } = await principal.post<PresentationAnswer>(path, asked);
  return new Uint8Array(Buffer.from(file, 'base64'));
}
