/** What the rows of the decision table rest on: articles of circulars by day and level, and how sure we are of each. */
import { CHARTERS, isInForce, NEW_CHARTER_FROM, OLD_CHARTERS_UNTIL } from './charter.js';
import type { Charter, InForce, Level } from './charter.js';

/**
 * `read`: the passage was read in a found copy; `told`: others quote it; `understood`: our interpretation, because the
 * passage was not read or does not say it outright.
 */
export type Evidence = 'read' | 'told' | 'understood';

export interface Citation extends InForce {
  readonly text: string;
  readonly evidence: Evidence;
  /** It names the charter of the day itself. */
  readonly charter?: true;
}

export interface Basis {
  readonly about: string;
  readonly citations: readonly Citation[];
}

/** One passage of each charter; where a charter's article is not known, the charter as a whole. */
function inCharters(
  about: string,
  passages: Readonly<Record<Charter['id'], readonly [article: string, evidence: Evidence]>>,
): Basis {
  const citations = CHARTERS.map(({ id, circular, ...inForce }): Citation => {
    const [article, evidence] = passages[id];
    return { ...inForce, text: `${circular} ${article}`.trim(), evidence, charter: true };
  });
  return { about, citations };
}

export const BASES = {
  charter: inCharters('Điều lệ nhà trường; các điều lệ được hiểu là không khác nhau ở điểm này', {
    'tt28-2020': ['', 'understood'],
    'tt32-2020': ['', 'understood'],
    'tt15-2026': ['', 'understood'],
  }),
  leaders: inCharters('Nhiệm vụ, quyền hạn của Hiệu trưởng, Phó Hiệu trưởng', {
    'tt28-2020': ['Đ.11', 'read'],
    'tt32-2020': ['Đ.11', 'understood'],
    'tt15-2026': ['', 'understood'],
  }),
  groups: inCharters('Tổ chuyên môn, tổ trưởng', {
    'tt28-2020': ['Đ.14', 'understood'],
    'tt32-2020': ['Đ.14', 'understood'],
    'tt15-2026': ['Đ.13', 'told'],
  }),
  records: inCharters('Hồ sơ quản lí giáo dục của nhà trường', {
    'tt28-2020': ['Đ.21', 'understood'],
    'tt32-2020': ['Đ.21', 'read'],
    'tt15-2026': ['Đ.21', 'told'],
  }),
  privacy: {
    about: 'Kết quả của học sinh được giữ kín: gia đình chỉ xem của con, không xếp hạng',
    citations: [
      {
        text: 'Thông tư 22/2021/TT-BGDĐT Đ.20',
        evidence: 'read',
        level: 'secondary',
        until: OLD_CHARTERS_UNTIL,
      },
      {
        text: 'Thông tư 27/2020/TT-BGDĐT Đ.10',
        evidence: 'understood',
        level: 'primary',
        until: OLD_CHARTERS_UNTIL,
      },
      {
        text: 'Thông tư 15/2026/TT-BGDĐT Đ.22 k.2',
        evidence: 'told',
        from: NEW_CHARTER_FROM,
        charter: true,
      },
      { text: 'Luật 91/2025/QH15 Đ.24', evidence: 'read', from: '2026-01-01' },
    ],
  },
  erasure: {
    about: 'Xóa, hủy dữ liệu cá nhân; ai đề nghị, ai duyệt là cách hiểu của chúng tôi',
    citations: [
      { text: 'Luật 91/2025/QH15 Đ.14 k.1', evidence: 'told', from: '2026-01-01' },
      { text: 'hai người, Hiệu trưởng duyệt', evidence: 'understood' },
    ],
  },
  entry: {
    about: 'Giáo viên nhập điểm, đánh giá; giáo viên chủ nhiệm tổng hợp',
    citations: [
      { text: 'Thông tư 22/2021/TT-BGDĐT Đ.19–20', evidence: 'read', level: 'secondary' },
      { text: 'Thông tư 27/2020/TT-BGDĐT Đ.14–16', evidence: 'understood', level: 'primary' },
    ],
  },
  corrections: {
    about: 'Sửa điểm, mức đánh giá: đề nghị, xác nhận, duyệt',
    citations: [
      { text: 'Thông tư 22/2021/TT-BGDĐT Đ.18–20', evidence: 'read', level: 'secondary' },
      {
        text: 'Phân công nhiệm vụ của trường (Phó Hiệu trưởng kí duyệt việc sửa điểm)',
        evidence: 'read',
        level: 'primary',
      },
    ],
  },
  forms: {
    about: 'Tổng hợp kết quả, học bạ',
    citations: [
      { text: 'Thông tư 22/2021/TT-BGDĐT Đ.18, 20', evidence: 'read', level: 'secondary' },
      { text: 'Thông tư 27/2020/TT-BGDĐT Đ.10, 14–16', evidence: 'understood', level: 'primary' },
    ],
  },
  school: {
    about: 'Điều các thông tư để nhà trường tự quy định',
    citations: [{ text: 'Quy chế, phân công nhiệm vụ của trường', evidence: 'read' }],
  },
} as const satisfies Readonly<Record<string, Basis>>;

/** What a row rests on, on the day of the event, at a school of this level. */
export interface Cited {
  /** As it is shown: the passages, and the charter of the day where none of them is of it. */
  readonly text: string;
  /** Whether any of it is our interpretation. */
  readonly understood: boolean;
}

export function cite(basis: Basis, date: string, level: Level | undefined): Cited {
  const own = basis.citations.filter((citation) => isInForce(citation, date, level));
  const all = own.some(({ charter }) => charter)
    ? own
    : [...own, ...BASES.charter.citations.filter((citation) => isInForce(citation, date, level))];
  return {
    text: all.map(({ text }) => text).join('; '),
    understood: own.some(({ evidence }) => evidence === 'understood'),
  };
}
