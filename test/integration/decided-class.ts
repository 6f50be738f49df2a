/** A class whose year is over: sheets entered and locked through HTTP, results computed, the council's decision entered. */
import { School, Pupil } from '#api/school/school.entities.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type { ClassAnswer } from '#contracts/school.js';
import { demoClass, type DemoClass } from '#fixtures/demo-class.js';
import type { DemoSlug } from '#fixtures/model.js';
import { councilDecides } from './council.js';
import {
  HOMEROOM,
  openEverything,
  type Desk,
  type TestClass,
  type TestSchool,
  type TestServer,
} from './school.js';

export interface DecidedClass {
  readonly school: TestSchool;
  readonly demo: DemoClass;
  readonly target: TestClass;
  readonly principal: Desk;
  readonly vice: Desk;
  readonly homeroom: Desk;
  /** Appointed to put the seal on. */
  readonly sealer: Desk;
}

/** The cell that is corrected in each class before it is locked: of the first pupil, by one step. */
const CORRECTED = {
  'tt22-2021': { sheet: 'TOAN/HK1', column: 'CK' },
  'tt27-2020': { sheet: 'TOAN/CN', column: 'KTDK' },
};

/** What a test changes of a pupil's cells before they are entered; null leaves the cell out. */
export type Change = (sheet: string, pupil: number, column: string, value: string) => string | null;

/** Enters, locks, computes and decides. The server's clock must be past the council's day (2027-05-17). */
export async function decidedClass(
  server: TestServer,
  slug: DemoSlug,
  pupils: number,
  change: Change = (_sheet, _pupil, _column, value) => value,
  schoolSlug: string = slug,
  decide = true,
): Promise<DecidedClass> {
  const demo = demoClass(slug);
  const primary = demo.ruleSet === 'tt27-2020';
  const school = await server.school(schoolSlug, primary ? 'PRIMARY' : 'LOWER_SECONDARY');
  const { commune, province } = demo.school;
  await school.founded((base) => base.change(School, school.id, { commune, province }));
  await server.app.get(SchoolLogs, { strict: false }).open(school.id);
  const principal = await school.person('truong', 'principal');
  const vice = await school.person('pho', 'vice-principal');
  const homeroom = await school.person('gv', 'teacher');
  const sealer = await school.person('vt', 'clerk', 'sealer');
  const chosen = demo.pupils.slice(0, pupils);
  const names = chosen.map((pupil) => pupil.fullName);
  const target = await school.class(demo.schoolClass.name, demo.schoolClass.grade, names);
  await describePupils(school, target, demo);
  await school.assign(homeroom, target, HOMEROOM, ...target.subjects);
  const periods = primary ? ['GHK1', 'CHK1', 'GHK2', 'CN'] : ['HK1', 'HK2'];
  await openEverything(vice, school, server.clock, ...periods);
  const played = { school, demo, target, principal, vice, homeroom, sealer };
  await enter(played, change);
  await correct(played, CORRECTED);
  await lock(played);
  expectOk(await homeroom.post(`/api/results/${target.id}/compute`), 200);
  if (!decide) return played;
  await councilDecides(server, played, '45/QĐ-THCS');
  return played;
}

/** Composes, signs twice and seals. @returns the batch's id */
export async function issueClass(
  { homeroom, principal, sealer, target }: DecidedClass,
  choice: { readonly signerId?: string } = {},
): Promise<string> {
  const request = { classId: target.id, ...choice };
  const composed = await homeroom.post<{ id: string }>('/api/transcripts/batches', request);
  expectOk(composed, 201);
  const path = `/api/transcripts/batches/${composed.body.id}`;
  const params = { batchId: composed.body.id };
  expectOk(await homeroom.stepUp('transcript.sign.homeroom', params, `${path}/sign`), 200);
  expectOk(await principal.stepUp('transcript.sign.principal', params, `${path}/sign`), 200);
  expectOk(await sealer.stepUp('transcript.seal', params, `${path}/seal`), 200);
  return composed.body.id;
}

/** What the form asks of a pupil, from the demo's own. */
async function describePupils(school: TestSchool, target: TestClass, demo: DemoClass): Promise<void> {
  await school.founded(async (base) => {
    for (const [i, id] of target.pupilIds.entries()) {
      const pupil = demo.pupils[i];
      if (pupil === undefined) continue;
      const { registerNumber, birthDate, birthPlace, ethnicity, nationality, address, sex } = pupil;
      const guardians = pupil.guardians.map(({ relation, fullName, occupation }) => ({
        relation,
        name: fullName,
        occupation,
      }));
      const values = {
        registerNumber,
        birthDate,
        birthPlace,
        ethnicity,
        nationality,
        address,
        sex,
        guardians,
      };
      await base.change(Pupil, id, values);
    }
  });
}

async function enter({ demo, target, homeroom }: DecidedClass, change: Change): Promise<void> {
  for (const sheet of demo.sheets) {
    const name = `${sheet.area}/${sheet.period}`;
    const cells = target.pupilIds.flatMap((pupilId, i) =>
      Object.entries(sheet.rows.find((row) => row.pupilId === demo.pupils[i]?.id)?.values ?? {}).flatMap(
        ([column, given]) => {
          const value = change(name, i, column, given);
          return value === null ? [] : [{ pupilId, column, value, version: 0 }];
        },
      ),
    );
    if (cells.length === 0) continue;
    const path = `/api/classes/${target.id}/sheets/${name}`;
    expectOk(await homeroom.put(`${path}/drafts`, { cells }), 200);
    expectOk(
      await homeroom.post(`${path}/record`, { columns: [...new Set(cells.map(({ column }) => column))] }),
      200,
    );
  }
}

/** The teacher asks, the vice-principal approves with the second factor; a value that decides nothing. */
async function correct(
  { demo, target, homeroom, vice }: DecidedClass,
  where: typeof CORRECTED,
): Promise<void> {
  const { sheet, column } = where[demo.ruleSet];
  const [area = '', period = ''] = sheet.split('/');
  const path = `/api/classes/${target.id}/sheets/${sheet}`;
  const pupilId = target.pupilIds[0];
  const { body } = await homeroom.get<SheetAnswer>(path);
  const cell = body.pupils.find(({ id }) => id === pupilId)?.cells.find((each) => each.column === column);
  const cells = [{ pupilId, column, newValue: cell?.value === '9' ? '10' : '9', version: cell?.version }];
  const request = { classId: target.id, area, period, reason: 'Cộng sót điểm một câu', cells };
  const asked = await homeroom.post<CorrectionsAnswer>('/api/corrections', request);
  expectOk(asked, 201);
  const correctionIds = asked.body.corrections.map(({ id }) => id);
  expectOk(await vice.stepUp('correction.approve', { correctionIds }, '/api/corrections/approve'), 200);
}

async function lock({ target, homeroom, vice }: DecidedClass): Promise<void> {
  const { body } = await homeroom.get<ClassAnswer>(`/api/classes/${target.id}`);
  const sheets = body.sheets.map(({ area, period }) => ({ classId: target.id, area, period }));
  expectOk(
    await vice.stepUp('period.lock', { sheets, gapsReason: 'Số liệu của lớp mẫu' }, '/api/locks'),
    201,
  );
}

function expectOk(answer: { readonly status: number; readonly body: unknown }, status: number): void {
  if (answer.status !== status) throw new Error(JSON.stringify(answer.body));
}
