/** The main job on one class: list, windows, marks, a correction, locks, results, decision, transcripts on the ledger. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { demoClass, type DemoClass } from '#fixtures/demo-class.js';
import type { DemoSlug, Sheet, SheetPeriod } from '#fixtures/model.js';
import { Desks, type Desk, type PlayerAccount, type PlayerTools } from '#fixtures/play/client.js';
import { ROOT } from './project-root.js';
import type { CommandIo } from '../io.js';
import { expect, refused, type Steps } from './steps.js';

interface ListedClass {
  readonly id: string;
  readonly name: string;
  readonly yearId: string;
}
interface Cell {
  readonly column: string;
  readonly value: string | null;
  readonly version: number;
  readonly markId: string | null;
}
interface SheetAnswer {
  readonly pupils: readonly { readonly id: string; readonly code: string; readonly cells: readonly Cell[] }[];
}

interface AskedCorrection {
  readonly id: string;
  readonly confirmationSkipped: string | null;
  readonly headConfirms: string | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export class ClassStory {
  private readonly demo: DemoClass;
  private readonly desks: Desks;
  private readonly number: string;
  private schoolClass: ListedClass = { id: '', name: '', yearId: '' };
  private readonly pupilIds = new Map<string, string>();

  constructor(
    private readonly slug: DemoSlug,
    url: string,
    accounts: readonly PlayerAccount[],
    private readonly steps: Steps,
    io: CommandIo,
  ) {
    this.demo = demoClass(slug);
    const own = accounts.filter((account) => account.school === slug);
    this.desks = new Desks(url, own, realTools(io));
    this.number = this.demo.ruleSet === 'tt22-2021' ? 'B' : 'A';
  }

  /** Plays the class; answers the transcripts' files, written to `folder`. */
  async play(folder: string): Promise<string[]> {
    const { school, schoolClass, pupils } = this.demo;
    this.steps.title(`${school.name}, lớp ${schoolClass.name}, ${pupils.length} học sinh`);
    await this.importList();
    await this.openWindows();
    await this.enterMarks();
    await this.correct();
    await this.lockAndCompute();
    return this.issue(folder);
  }

  private async importList(): Promise<void> {
    const it = this.role('it-officer');
    const name = this.demo.schoolClass.name;
    await this.step(
      1,
      `Nhân viên CNTT nhập danh sách lớp ${name} từ Excel`,
      'mỗi học sinh một mã, số định danh đã kiểm tra',
      async () => {
        const file = `class-list-${name}.xlsx`;
        const classes = await it.get<{ classes: ListedClass[] }>('/api/classes');
        const found = classes.classes.find((c) => c.name === name);
        expect(found !== undefined, `không có lớp ${name}`);
        this.schoolClass = found ?? this.schoolClass;
        await it.upload('/api/roster/import', file, await this.fixture(file));
        const answer = await it.get<{ pupils: { id: string; code: string }[] }>(
          `/api/classes/${this.schoolClass.id}`,
        );
        for (const pupil of answer.pupils) this.pupilIds.set(pupil.code, pupil.id);
        expect(this.pupilIds.size === this.demo.pupils.length, `${this.pupilIds.size} học sinh được nhập`);
      },
    );
  }

  private async openWindows(): Promise<void> {
    const vice = this.role('vice-principal');
    const it = this.role('it-officer');
    const now = Date.now();
    const periods = [...new Set(this.demo.sheets.map((sheet) => sheet.period))];
    const windows = await this.step(
      2,
      'Phó Hiệu trưởng ra thông báo đợt cập nhật điểm',
      'không có thông báo thì không mở được',
      async () => {
        const answer = await vice.post<{ windows: { id: string }[] }>('/api/notices', {
          number: `21/TB-${this.demo.school.shortName}`,
          issuedOn: vietnamToday(),
          title: `Thời gian mở, đóng cập nhật điểm lớp ${this.demo.schoolClass.name}`,
          yearId: this.schoolClass.yearId,
          windows: periods.map((period) => ({
            period,
            scope: { classIds: [this.schoolClass.id] },
            opensAt: new Date(now - 60_000).toISOString(),
            closesAt: new Date(now + DAY_MS).toISOString(),
            opening: 'hand',
          })),
        });
        return answer.windows;
      },
    );
    await this.step(
      2,
      'Trước khi mở: giáo viên nhập bị từ chối, có nói vì sao',
      (why: string) => why,
      () => {
        const sheet = this.someSheet();
        return refused(['CELL_CLOSED', 'FORBIDDEN'], () => this.draft(sheet));
      },
    );
    await this.step(2, 'Nhân viên CNTT mở theo thông báo', `${windows.length} đợt đang mở`, async () => {
      for (const window of windows) await it.post(`/api/windows/${window.id}/open`, {});
    });
  }

  private async enterMarks(): Promise<void> {
    const { sheets } = this.demo;
    const imported = new Set(sheets.filter((sheet) => this.writersOf(sheet).length === 1));
    const typed = sheets.filter((sheet) => !imported.has(sheet));
    await this.step(
      3,
      `Giáo viên nhập ${imported.size} sổ từ Excel`,
      'dấu phẩy thập phân, tiêu đề gộp ô đều đọc được',
      async () => {
        for (const sheet of imported) await this.importSheet(sheet);
      },
    );
    if (typed.length > 0) {
      await this.step(
        3,
        `Giáo viên gõ ${typed.length} sổ có nhiều người dạy`,
        'mỗi cột có người chịu trách nhiệm',
        async () => {
          for (const sheet of typed) await this.draft(sheet);
        },
      );
    }
    await this.step(
      3,
      'Ghi sổ tất cả các cột',
      (n: number) => `${n} ô đã ghi, có người ghi và thời điểm`,
      async () => {
        let cells = 0;
        for (const sheet of sheets) cells += await this.record(sheet);
        return cells;
      },
    );
    await this.step(
      3,
      'Sửa thẳng một ô đã ghi',
      (why: string) => `bị từ chối: ${why}`,
      () => refused(['CELL_RECORDED', 'FORBIDDEN'], () => this.draft(this.someSheet())),
    );
  }

  private async correct(): Promise<void> {
    const sheet = this.someSheet();
    const column = this.demo.ruleSet === 'tt22-2021' ? 'GK' : 'KTDK';
    const teacher = this.desks.of(this.writersOf(sheet)[0] ?? '');
    const vice = this.role('vice-principal');
    const answer = await teacher.get<SheetAnswer>(this.path(sheet));
    const pupil =
      answer.pupils.find((p) => p.cells.some((c) => c.column === column && Number(c.value) < 9)) ??
      answer.pupils[0];
    const cell = pupil?.cells.find((c) => c.column === column);
    const newValue = String(Math.min(10, Math.floor(Number(cell?.value ?? '0')) + 1));
    const request = await this.step(
      4,
      `Đề nghị sửa ${cell?.value ?? ''} → ${newValue}, có lí do`,
      'giá trị cũ vẫn còn cho đến khi duyệt',
      async () => {
        const made = await teacher.post<{
          corrections: AskedCorrection[];
        }>('/api/corrections', {
          classId: this.schoolClass.id,
          area: sheet.area,
          period: sheet.period,
          reason: 'Cộng sót điểm câu 2b bài kiểm tra',
          cells: [{ pupilId: pupil?.id, column, newValue, version: cell?.version }],
        });
        return made.corrections[0] ?? { id: '', confirmationSkipped: null, headConfirms: null };
      },
    );
    const params = { correctionIds: [request.id] };
    await this.step(
      4,
      'Giáo viên tự duyệt đề nghị của mình',
      (why: string) => `bị từ chối: ${why}`,
      () =>
        refused(['FORBIDDEN', 'NOT_FOUND'], () =>
          teacher.stepUp('correction.approve', params, '/api/corrections/approve'),
        ),
    );
    if (request.headConfirms !== null) {
      await this.step(4, 'Tổ trưởng xác nhận thay giáo viên chủ nhiệm', request.headConfirms, () =>
        this.desks
          .withRole(this.slug, 'group-head', teacher)
          .post(`/api/corrections/${request.id}/confirm`, {}),
      );
    } else if (request.confirmationSkipped === null) {
      await this.step(4, 'Giáo viên chủ nhiệm xác nhận', 'TT 22/2021 Điều 20', () =>
        this.homeroom().post(`/api/corrections/${request.id}/confirm`, {}),
      );
    }
    await this.step(
      4,
      'Phó Hiệu trưởng duyệt, xác nhận bằng khóa truy cập',
      'chỉ đúng thay đổi này, chỉ một lần',
      () => vice.stepUp('correction.approve', params, '/api/corrections/approve'),
    );
    await this.step(
      4,
      'Lịch sử của ô',
      (shown: string) => shown,
      async () => {
        const after = await teacher.get<SheetAnswer>(this.path(sheet));
        const changed = after.pupils.find((p) => p.id === pupil?.id)?.cells.find((c) => c.column === column);
        expect(changed?.value === newValue, `ô đang là ${String(changed?.value)}`);
        const history = await teacher.get<{
          events: { type: string; old: string | null; value: string | null }[];
        }>(`/api/marks/${changed?.markId ?? ''}/history`);
        const last = history.events.at(-1);
        expect(last?.old === cell?.value && last?.value === newValue, 'lịch sử không có giá trị cũ và mới');
        return `cũ ${String(last?.old)}, mới ${String(last?.value)}: cả hai còn trong nhật kí`;
      },
    );
  }

  private async lockAndCompute(): Promise<void> {
    const vice = this.role('vice-principal');
    const principal = this.role('principal');
    const classId = this.schoolClass.id;
    await this.step(
      5,
      'Tính kết quả khi chưa khóa sổ',
      (why: string) => `bị từ chối: ${why}`,
      () =>
        refused(['MARKS_MISSING', 'STATE_CONFLICT'], () =>
          principal.post(`/api/results/${classId}/compute`, {}),
        ),
    );
    await this.step(
      5,
      'Phó Hiệu trưởng khóa sổ cả năm',
      `${this.demo.sheets.length} sổ, không thiếu ô nào`,
      () =>
        vice.stepUp(
          'period.lock',
          { sheets: this.demo.sheets.map(({ area, period }) => ({ classId, area, period })) },
          '/api/locks',
        ),
    );
    await this.step(
      5,
      `Tính kết quả theo ${this.demo.ruleSet === 'tt22-2021' ? 'TT 22/2021' : 'TT 27/2020'}`,
      (text: string) => text,
      async () => {
        const answer = await principal.post<{ complete: boolean; results: { promotion: string | null }[] }>(
          `/api/results/${classId}/compute`,
          {},
        );
        expect(answer.complete, 'còn học sinh chưa đủ kết quả');
        return `${answer.results.length} học sinh đủ kết quả, số thập phân chính xác`;
      },
    );
    await this.step(
      5,
      'Lập học bạ khi chưa có quyết định',
      (why: string) => `bị từ chối: ${why}`,
      () => refused(['NO_DECISION'], () => this.homeroom().post('/api/transcripts/batches', { classId })),
    );
    const meeting = await this.council();
    await this.step(5, 'Nhập quyết định của hội đồng', `số ${this.demo.council.promotion.number}`, () =>
      principal.post('/api/decisions', {
        classId,
        meetingId: meeting.id,
        number: this.demo.council.promotion.number,
        decidedOn: vietnamToday(),
      }),
    );
  }

  /** The homeroom teacher's list and the meeting that passes it. */
  private async council(): Promise<{ readonly id: string }> {
    const { id: classId, yearId } = this.schoolClass;
    const principal = this.role('principal');
    const homeroom = this.homeroom();
    await this.step(5, 'Giáo viên chủ nhiệm gửi danh sách lên hội đồng', 'đúng với kết quả đã tổng hợp', () =>
      homeroom.post(`/api/results/${classId}/lists`, {}),
    );
    return this.step(5, 'Hội đồng họp và biểu quyết', 'biên bản có người dự và số phiếu', () =>
      principal.post<{ id: string }>('/api/council-meetings', {
        yearId,
        heldOn: vietnamToday(),
        chairId: principal.account.personId,
        secretaryId: homeroom.account.personId,
        members: 30,
        present: 28,
        minutes: `Hội đồng xét kết quả giáo dục lớp ${this.demo.schoolClass.name}.`,
        votes: [{ classId, votesFor: 28, votesAgainst: 0, abstained: 0 }],
      }),
    );
  }

  private async issue(folder: string): Promise<string[]> {
    const homeroom = this.homeroom();
    const sealer = this.role('sealer');
    const batch = await this.step(
      6,
      'Giáo viên chủ nhiệm lập học bạ',
      (b: { transcripts: { id: string }[]; held: unknown[] }) =>
        `${b.transcripts.length} lập, ${b.held.length} giữ lại: cả lớp đủ mặt`,
      () =>
        homeroom.post<{ id: string; transcripts: { id: string }[]; held: unknown[] }>(
          '/api/transcripts/batches',
          { classId: this.schoolClass.id },
        ),
    );
    const path = `/api/transcripts/batches/${batch.id}`;
    const params = { batchId: batch.id };
    await this.step(
      6,
      'Đóng dấu trước khi Hiệu trưởng kí',
      (why: string) => `bị từ chối: ${why}`,
      () =>
        refused(['ROUTE_ORDER', 'FORBIDDEN'], () => sealer.stepUp('transcript.seal', params, `${path}/seal`)),
    );
    await this.step(
      6,
      'Giáo viên chủ nhiệm kí số, xác nhận bằng mã 6 chữ số',
      'một lần xác nhận liệt kê từng học bạ; kiểm toán sẽ ghi là xác nhận yếu',
      () => homeroom.stepUp('transcript.sign.homeroom', params, `${path}/sign`, 'totp'),
    );
    await this.step(6, 'Hiệu trưởng kí số', 'sau giáo viên chủ nhiệm, đúng thứ tự', () =>
      this.role('principal').stepUp('transcript.sign.principal', params, `${path}/sign`),
    );
    await this.step(6, 'Đóng dấu số và ghi vào Sổ Cái', 'bằng chứng nằm ngay trong tệp PDF', () =>
      sealer.stepUp('transcript.seal', params, `${path}/seal`),
    );
    return this.step(
      6,
      'Tải học bạ đã phát hành',
      (files: string[]) => `${files.length} tệp PDF`,
      () => this.download(batch.id, folder),
    );
  }

  private async download(batchId: string, folder: string): Promise<string[]> {
    const homeroom = this.homeroom();
    for (let tries = 0; ; tries++) {
      const listed = await homeroom.get<{ transcripts: { id: string; batchId: string; state: string }[] }>(
        `/api/transcripts?classId=${this.schoolClass.id}`,
      );
      const own = listed.transcripts.filter((t) => t.batchId === batchId);
      if (own.every((t) => t.state === 'issued')) {
        const files: string[] = [];
        for (const [i, transcript] of own.entries()) {
          const file = join(
            folder,
            `${this.slug}-${this.demo.schoolClass.name}-${String(i + 1).padStart(2, '0')}.pdf`,
          );
          await writeFile(file, await homeroom.download(`/api/transcripts/${transcript.id}/pdf`));
          files.push(file);
        }
        return files;
      }
      expect(tries < 100, 'học bạ chưa phát hành xong sau 20 giây');
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  /** A sheet with a test that one teacher writes alone. */
  private someSheet(): Sheet {
    const period: SheetPeriod = this.demo.ruleSet === 'tt22-2021' ? 'HK1' : 'CN';
    const sheet = this.demo.sheets.find((s) => s.area === 'TOAN' && s.period === period);
    if (!sheet) throw new Error(`the demo class has no sheet TOAN/${period}`);
    return sheet;
  }

  /** Who writes the columns of a sheet today; the first answers for it. */
  private writersOf(sheet: Sheet): string[] {
    return [...new Set(sheet.columns.map((column) => column.by))];
  }

  private async importSheet(sheet: Sheet): Promise<void> {
    const desk = this.desks.of(this.writersOf(sheet)[0] ?? '');
    const file = `mark-sheets-${this.demo.schoolClass.name}-${sheet.period}.xlsx`;
    const bytes = await this.fixture(file);
    const preview = await desk.upload<{ basis: string; problems: { message: string }[] }>(
      `${this.path(sheet)}/preview`,
      file,
      bytes,
    );
    expect(
      preview.problems.length === 0,
      `${sheet.area}/${sheet.period}: ${preview.problems[0]?.message ?? ''}`,
    );
    await desk.upload(`${this.path(sheet)}/import`, file, bytes, { basis: preview.basis });
  }

  private async draft(sheet: Sheet): Promise<void> {
    const codes = new Map(this.demo.pupils.map((pupil) => [pupil.id, pupil.code]));
    for (const writer of this.writersOf(sheet)) {
      const columns = sheet.columns.filter((c) => c.by === writer).map((c) => c.code);
      const cells = sheet.rows.flatMap((row) =>
        Object.entries(row.values)
          .filter(([column]) => columns.includes(column))
          .map(([column, value]) => ({
            pupilId: this.pupilIds.get(codes.get(row.pupilId) ?? '') ?? '',
            column,
            value: value.replace('.', ','),
            version: 0,
          })),
      );
      await this.desks.of(writer).put(`${this.path(sheet)}/drafts`, { cells });
    }
  }

  private async record(sheet: Sheet): Promise<number> {
    for (const writer of this.writersOf(sheet)) {
      const columns = sheet.columns.filter((c) => c.by === writer).map((c) => c.code);
      await this.desks.of(writer).post(`${this.path(sheet)}/record`, { columns });
    }
    return sheet.rows.reduce((sum, row) => sum + Object.keys(row.values).length, 0);
  }

  private path(sheet: Sheet): string {
    return `/api/classes/${this.schoolClass.id}/sheets/${sheet.area}/${sheet.period}`;
  }

  private homeroom(): Desk {
    const today = vietnamToday();
    const held = this.demo.homerooms.find((h) => h.from <= today && (h.to === null || today <= h.to));
    return this.desks.of(held?.teacherId ?? '');
  }

  private role(role: string): Desk {
    return this.desks.withRole(this.slug, role);
  }

  private step<T>(
    part: number,
    what: string,
    proves: string | ((result: T) => string),
    action: () => Promise<T>,
  ): Promise<T> {
    return this.steps.do(`${this.number}.${part}`, what, proves, action);
  }

  private fixture(name: string): Promise<Uint8Array> {
    return readFile(join(ROOT, 'fixtures', 'files', name));
  }
}

/** The real time and the real codes: the server's clock is the machine's. */
function realTools(io: CommandIo): PlayerTools {
  return {
    now: () => io.now(),
    waitUntil: (until) =>
      new Promise((done) => setTimeout(done, Math.max(0, until.getTime() - io.now().getTime()))),
    code: (secret, at) => generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) }),
  };
}

/** Today's date in Viet Nam, `YYYY-MM-DD`: the dates of notices and decisions are those of the school. */
function vietnamToday(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
}
