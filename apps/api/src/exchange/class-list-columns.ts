/** The columns of a class list: how they are headed when written, and the spellings understood when read. */
import type { TableColumn } from './workbook-writing.js';

export type ClassListField =
  | 'pupilCode'
  | 'registerNumber'
  | 'fullName'
  | 'familyNames'
  | 'givenName'
  | 'birthDate'
  | 'sex'
  | 'female'
  | 'ethnicity'
  | 'nationality'
  | 'birthPlace'
  | 'personalId'
  | 'policyGroup'
  | 'address'
  | 'fatherName'
  | 'fatherOccupation'
  | 'motherName'
  | 'motherOccupation'
  | 'guardianName'
  | 'guardianOccupation'
  | 'phone'
  | 'className';

/** Heading keys (see `headingKey`) of each field; first the one that this program writes. */
export const CLASS_LIST_KEYS: Readonly<Record<ClassListField, readonly string[]>> = {
  pupilCode: [
    'mahocsinh',
    'mahs',
    'masohocsinh',
    'masohs',
    'madinhdanhhocsinh',
    'mahocsinhcsdl',
    'mahocsinhtrencsdl',
  ],
  registerNumber: ['sodangbo', 'sosodangbo', 'sodb', 'sodangbopcgd', 'sosodangbopcgd'],
  fullName: ['hovaten', 'hoten', 'hovatenhocsinh', 'hotenhocsinh', 'tenhocsinh'],
  familyNames: ['hovatendem', 'hodem', 'hovadem', 'hodemhocsinh'],
  givenName: ['ten'],
  birthDate: ['ngaysinh', 'ngaythangnamsinh', 'ngaysinhddmmyyyy', 'sinhngay'],
  sex: ['gioitinh', 'phai', 'namnu'],
  female: ['nu'],
  ethnicity: ['dantoc'],
  nationality: ['quoctich'],
  birthPlace: ['noisinh'],
  personalId: [
    'sodinhdanhcanhan',
    'sodinhdanh',
    'madinhdanh',
    'madinhdanhcanhan',
    'sodinhdanhcanhancccd',
    'cccd',
    'socccd',
    'sodinhdanhcanhancccdcmnd',
  ],
  policyGroup: ['doituong', 'doituongchinhsach', 'dienchinhsach'],
  address: ['choohiennay', 'choohientai', 'noiohiennay', 'noiohientai', 'diachi', 'choo', 'diachithuongtru'],
  fatherName: ['chahovaten', 'hovatencha', 'hotencha', 'tencha', 'cha', 'hotenbo', 'hovatenbo'],
  fatherOccupation: ['changhenghiep', 'nghenghiepcha', 'nghenghiepcuacha', 'nghenghiepbo'],
  motherName: ['mehovaten', 'hovatenme', 'hotenme', 'tenme', 'me'],
  motherOccupation: ['menghenghiep', 'nghenghiepme', 'nghenghiepcuame'],
  guardianName: ['nguoigiamhohovaten', 'hovatennguoigiamho', 'hotennguoigiamho', 'nguoigiamho'],
  guardianOccupation: ['nguoigiamhonghenghiep', 'nghenghiepnguoigiamho'],
  phone: ['dienthoai', 'sodienthoai', 'sdt', 'dienthoailienhe', 'sodienthoailienhe', 'dienthoaiphuhuynh'],
  className: ['lop', 'tenlop'],
};

/** What a row must hold to be the heading row of a table of pupils: a column of codes and one of names. */
export const PUPIL_LANDMARKS = [
  CLASS_LIST_KEYS.pupilCode,
  [...CLASS_LIST_KEYS.fullName, ...CLASS_LIST_KEYS.familyNames],
] as const;

/** Columns that class lists have and that are not read. */
export const CLASS_LIST_IGNORED: ReadonlySet<string> = new Set([
  'stt',
  'tt',
  'sothutu',
  'ghichu',
  'khoi',
  'namhoc',
]);

const FIELD_OF_KEY = new Map<string, ClassListField>(
  Object.entries(CLASS_LIST_KEYS).flatMap(([field, keys]) =>
    keys.map((key) => [key, field as ClassListField] as const),
  ),
);

export function classListField(key: string): ClassListField | undefined {
  return FIELD_OF_KEY.get(key);
}

function column(
  heading: string,
  width: number,
  align: TableColumn['align'] = 'left',
  group?: string,
): TableColumn {
  return { heading, width, align, ...(group === undefined ? {} : { group }) };
}

/** The table as written, in the order of `classListRow`. */
export const CLASS_LIST_TABLE: readonly TableColumn[] = [
  column('STT', 5, 'center'),
  column('Mã học sinh', 13, 'center'),
  column('Số đăng bộ', 16, 'center'),
  column('Họ và tên', 28),
  column('Ngày sinh', 12, 'center'),
  column('Giới tính', 8, 'center'),
  column('Dân tộc', 12, 'center'),
  column('Quốc tịch', 12, 'center'),
  column('Nơi sinh', 30),
  column('Số định danh cá nhân', 16, 'center'),
  column('Đối tượng', 16),
  column('Chỗ ở hiện tại', 44),
  column('Họ và tên', 24, 'left', 'Cha'),
  column('Nghề nghiệp', 18, 'left', 'Cha'),
  column('Họ và tên', 24, 'left', 'Mẹ'),
  column('Nghề nghiệp', 18, 'left', 'Mẹ'),
  column('Họ và tên', 24, 'left', 'Người giám hộ'),
  column('Nghề nghiệp', 18, 'left', 'Người giám hộ'),
  column('Điện thoại', 14, 'center'),
  column('Lớp', 8, 'center'),
  column('Ghi chú', 14),
];
