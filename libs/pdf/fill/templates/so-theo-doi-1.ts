/** Made by libs/pdf/src/build-templates.ts; released, and therefore never changed. */
import type { Template } from '../template.js';

export const hash = '0b9b48fdbc44016dafba41bf19685a4880ab983b02ecd0f1ac5966f70385349f';

export const template: Template = {
 "format": 1,
 "id": "so-theo-doi-1",
 "view": "so-theo-doi-1",
 "width": 84189,
 "height": 59528,
 "title": "Sổ theo dõi và đánh giá học sinh – lớp {className} – năm học {schoolYear}",
 "pages": [
  {
   "title": "Bìa",
   "link": {
    "x": 4800,
    "y": 53728,
    "width": 69700,
    "height": 1100
   },
   "elements": [
    {
     "kind": "rule",
     "box": {
      "x": 4200,
      "y": 3000,
      "width": 76500,
      "height": 47128
     },
     "lineWidth": 160,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 4700,
      "y": 3500,
      "width": 75500,
      "height": 46128
     },
     "lineWidth": 60,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 4400,
      "width": 67300,
      "height": 1700
     },
     "runs": [
      {
       "face": "regular",
       "text": "{governingBody}"
      }
     ],
     "size": 1100,
     "minSize": 700,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 6200,
      "width": 67300,
      "height": 2400
     },
     "runs": [
      {
       "face": "bold",
       "text": "{schoolNameUpper}"
      }
     ],
     "size": 1500,
     "minSize": 800,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 8800,
      "width": 67300,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "{commune}"
      }
     ],
     "size": 1100,
     "minSize": 800,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 10400,
      "width": 67300,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "{province}"
      }
     ],
     "size": 1100,
     "minSize": 800,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "image",
     "place": "logo",
     "box": {
      "x": 39450,
      "y": 12200,
      "width": 6000,
      "height": 4600
     }
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 17000,
      "width": 67300,
      "height": 4000
     },
     "runs": [
      {
       "face": "bold",
       "text": "SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH"
      }
     ],
     "size": 2700,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 21400,
      "width": 67300,
      "height": 2400
     },
     "runs": [
      {
       "face": "bold",
       "text": "{levelUpper}"
      }
     ],
     "size": 1500,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 24000,
      "width": 67300,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "(theo lớp học)"
      }
     ],
     "size": 1200,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 26200,
      "width": 67300,
      "height": 1600
     },
     "runs": [
      {
       "face": "italic",
       "text": "(Theo Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021 của Bộ trưởng Bộ Giáo dục và Đào tạo)"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 28800,
      "width": 67300,
      "height": 1600
     },
     "runs": [
      {
       "face": "italic",
       "text": "{motto}"
      }
     ],
     "size": 1100,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 33000,
      "width": 67300,
      "height": 2600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp: "
      },
      {
       "face": "bold",
       "text": "{className}"
      }
     ],
     "size": 1600,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 36200,
      "width": 67300,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Giáo viên chủ nhiệm: "
      },
      {
       "face": "bold",
       "text": "{homeroomTeacher}"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 40000,
      "width": 67300,
      "height": 2400
     },
     "runs": [
      {
       "face": "bold",
       "text": "NĂM HỌC {schoolYear}"
      }
     ],
     "size": 1500,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Hướng dẫn ghi sổ",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 75300,
      "height": 2400
     },
     "runs": [
      {
       "face": "bold",
       "text": "HƯỚNG DẪN GHI SỔ"
      }
     ],
     "size": 1400,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 7600,
      "width": 67300,
      "height": 4800
     },
     "runs": [
      {
       "face": "regular",
       "text": "1. Sổ ghi kết quả rèn luyện và học tập của học sinh trong lớp theo từng học kì và cả năm học; lập bằng hồ sơ điện tử từ sổ điểm đã khóa."
      }
     ],
     "size": 1150,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 12800,
      "width": 67300,
      "height": 4800
     },
     "runs": [
      {
       "face": "regular",
       "text": "2. ĐĐGtx: điểm đánh giá thường xuyên; ĐĐGgk: điểm đánh giá giữa kì; ĐĐGck: điểm đánh giá cuối kì; ĐTB: điểm trung bình môn học. Đ: Đạt; CĐ: Chưa đạt; V: vắng; dấu gạch ngang: không đánh giá."
      }
     ],
     "size": 1150,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 18000,
      "width": 67300,
      "height": 4800
     },
     "runs": [
      {
       "face": "regular",
       "text": "3. Giáo viên môn học ghi điểm, mức đánh giá và nhận xét; chịu trách nhiệm về tính chính xác của kết quả do mình đánh giá."
      }
     ],
     "size": 1150,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 23200,
      "width": 67300,
      "height": 4800
     },
     "runs": [
      {
       "face": "regular",
       "text": "4. Khi sửa chữa, giá trị cũ được gạch ngang bằng mực đỏ và vẫn đọc được, giá trị mới viết bên cạnh; cuối mỗi trang ghi số chỗ có sửa chữa. Việc sửa chữa chỉ thực hiện sau khi được duyệt."
      }
     ],
     "size": 1150,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 28400,
      "width": 67300,
      "height": 4800
     },
     "runs": [
      {
       "face": "regular",
       "text": "5. Giáo viên chủ nhiệm ghi kết quả rèn luyện, số buổi nghỉ học, tổng hợp kết quả của lớp và kí số ở trang cuối."
      }
     ],
     "size": 1150,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 33600,
      "width": 67300,
      "height": 4800
     },
     "runs": [
      {
       "face": "regular",
       "text": "6. Hiệu trưởng kiểm tra, kí số hoặc ủy quyền bằng văn bản; con dấu số của nhà trường được đóng sau cùng."
      }
     ],
     "size": 1150,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 38800,
      "width": 67300,
      "height": 4800
     },
     "runs": [
      {
       "face": "regular",
       "text": "7. Dữ liệu của sổ được đính kèm trong tệp này. Chữ kí số, con dấu số và Sổ Cái xác nhận dữ liệu đó; bản in chỉ để đọc. Ai cũng kiểm tra được bằng tệp này, mã QR hoặc mã xác thực ở cuối mỗi trang."
      }
     ],
     "size": 1150,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 44000,
      "width": 67300,
      "height": 7128
     },
     "runs": [
      {
       "face": "regular",
       "text": "{guideNote}"
      }
     ],
     "size": 1150,
     "minSize": 700,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Danh sách giáo viên",
   "split": {
    "rows": "teachers",
    "perPage": 18
   },
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "DANH SÁCH GIÁO VIÊN"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 6200,
      "width": 4000,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "STT"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 8800,
      "y": 6200,
      "width": 26000,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Môn học, hoạt động giáo dục"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 34800,
      "y": 6200,
      "width": 45300,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Giáo viên"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 8800,
      "width": 75300,
      "height": 42328
     },
     "rows": "teachers",
     "columns": [
      {
       "width": 4000,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 26000,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 45300,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 2200
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Sơ yếu lí lịch học sinh",
   "split": {
    "rows": "pupils",
    "perPage": 18
   },
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "SƠ YẾU LÍ LỊCH HỌC SINH"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 6200,
      "width": 3000,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "STT"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 7800,
      "y": 6200,
      "width": 9600,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Mã học sinh"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 17400,
      "y": 6200,
      "width": 16800,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Họ và tên"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 34200,
      "y": 6200,
      "width": 6400,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Ngày sinh"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 40600,
      "y": 6200,
      "width": 4200,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Giới tính"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 44800,
      "y": 6200,
      "width": 6000,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Dân tộc"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 50800,
      "y": 6200,
      "width": 17300,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Chỗ ở hiện tại"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 68100,
      "y": 6200,
      "width": 12000,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Ghi chú"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 8800,
      "width": 75300,
      "height": 42328
     },
     "rows": "pupils",
     "columns": [
      {
       "width": 3000,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 9600,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 16800,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 6400,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 4200,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 6000,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 17300,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 12000,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 2200
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Điểm danh",
   "each": "attendance",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐIỂM DANH – SỐ BUỔI NGHỈ HỌC"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 6200,
      "width": 3000,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "STT"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 7800,
      "y": 6200,
      "width": 23000,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Họ và tên"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 30800,
      "y": 6200,
      "width": 16000,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Học kì I"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 30800,
      "y": 8000,
      "width": 8000,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Có phép (P)"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 38800,
      "y": 8000,
      "width": 8000,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Không phép (K)"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 46800,
      "y": 6200,
      "width": 16000,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Học kì II"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 46800,
      "y": 8000,
      "width": 8000,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Có phép (P)"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 54800,
      "y": 8000,
      "width": 8000,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Không phép (K)"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 62800,
      "y": 6200,
      "width": 17300,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Tổng số buổi nghỉ cả năm học"
      }
     ],
     "size": 850,
     "minSize": 600,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 9800,
      "width": 75300,
      "height": 38728
     },
     "rows": "attendance",
     "columns": [
      {
       "width": 3000,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 23000,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 600,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 8000,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 600,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 8000,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 600,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 8000,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 600,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 8000,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 600,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 17300,
       "face": "bold",
       "tailFace": "italic",
       "size": 950,
       "minSize": 600,
       "align": "center",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 2200
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 48828,
      "width": 75300,
      "height": 2400
     },
     "runs": [
      {
       "face": "italic",
       "text": "{corrections}"
      }
     ],
     "size": 900,
     "minSize": 550,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "{subject} – {term}",
   "each": "sheetsHK1",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "{subjectUpper} – {term}"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 6200,
      "width": 2400,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "STT"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 7200,
      "y": 6200,
      "width": 14000,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Họ và tên"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 21200,
      "y": 6200,
      "width": 13200,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGtx"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "head",
     "box": {
      "x": 21200,
      "y": 8000,
      "width": 13200,
      "height": 1800
     },
     "labels": "regularHeads",
     "columns": [
      {
       "width": 13200,
       "face": "bold",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle",
       "times": "regular"
      }
     ],
     "padding": 200
    },
    {
     "kind": "text",
     "box": {
      "x": 34400,
      "y": 6200,
      "width": 3600,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGgk"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 38000,
      "y": 6200,
      "width": 3600,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGck"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 41600,
      "y": 6200,
      "width": 3600,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐTB HK I"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 45200,
      "y": 6200,
      "width": 34900,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nhận xét"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 9800,
      "width": 75300,
      "height": 38728
     },
     "rows": "rows",
     "columns": [
      {
       "width": 2400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 14000,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 13200,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle",
       "times": "regular"
      },
      {
       "width": 3600,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3600,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3600,
       "face": "bold",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 34900,
       "face": "regular",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 2200
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 48828,
      "width": 46686,
      "height": 2400
     },
     "runs": [
      {
       "face": "italic",
       "text": "{corrections}"
      }
     ],
     "size": 900,
     "minSize": 550,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 51486,
      "y": 48828,
      "width": 28614,
      "height": 2400
     },
     "runs": [
      {
       "face": "regular",
       "text": "Giáo viên: "
      },
      {
       "face": "bold",
       "text": "{teachers}"
      }
     ],
     "size": 900,
     "minSize": 550,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Tổng hợp – {term}",
   "each": "summaryHK1",
   "split": {
    "rows": "summary",
    "perPage": 23
   },
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "TỔNG HỢP KẾT QUẢ {term}"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "head",
     "box": {
      "x": 4800,
      "y": 6200,
      "width": 75300,
      "height": 9200
     },
     "labels": "summaryHeads",
     "columns": [
      {
       "width": 2400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 13600,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 47100,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "times": "subjects",
       "upward": true
      },
      {
       "width": 4400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 4400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 3400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      }
     ],
     "padding": 300
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 15400,
      "width": 75300,
      "height": 35728
     },
     "rows": "summary",
     "columns": [
      {
       "width": 2400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 13600,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 47100,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "times": "subjects",
       "upward": true
      },
      {
       "width": 4400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 4400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 3400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 2200
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "{subject} – {term}",
   "each": "sheetsHK2",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "{subjectUpper} – {term}"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 6200,
      "width": 2400,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "STT"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 7200,
      "y": 6200,
      "width": 14000,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Họ và tên"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 21200,
      "y": 6200,
      "width": 13200,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGtx"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "head",
     "box": {
      "x": 21200,
      "y": 8000,
      "width": 13200,
      "height": 1800
     },
     "labels": "regularHeads",
     "columns": [
      {
       "width": 13200,
       "face": "bold",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle",
       "times": "regular"
      }
     ],
     "padding": 200
    },
    {
     "kind": "text",
     "box": {
      "x": 34400,
      "y": 6200,
      "width": 3600,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGgk"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 38000,
      "y": 6200,
      "width": 3600,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGck"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 41600,
      "y": 6200,
      "width": 3600,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐTB HK II"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 45200,
      "y": 6200,
      "width": 3600,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐTB cả năm"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "text",
     "box": {
      "x": 48800,
      "y": 6200,
      "width": 31300,
      "height": 3600
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nhận xét"
      }
     ],
     "size": 850,
     "minSize": 550,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 9800,
      "width": 75300,
      "height": 38728
     },
     "rows": "rows",
     "columns": [
      {
       "width": 2400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 14000,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 13200,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle",
       "times": "regular"
      },
      {
       "width": 3600,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3600,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3600,
       "face": "bold",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3600,
       "face": "bold",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 31300,
       "face": "regular",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 2200
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 48828,
      "width": 46686,
      "height": 2400
     },
     "runs": [
      {
       "face": "italic",
       "text": "{corrections}"
      }
     ],
     "size": 900,
     "minSize": 550,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 51486,
      "y": 48828,
      "width": 28614,
      "height": 2400
     },
     "runs": [
      {
       "face": "regular",
       "text": "Giáo viên: "
      },
      {
       "face": "bold",
       "text": "{teachers}"
      }
     ],
     "size": 900,
     "minSize": 550,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Tổng hợp – {term}",
   "each": "summaryHK2",
   "split": {
    "rows": "summary",
    "perPage": 23
   },
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "TỔNG HỢP KẾT QUẢ {term}"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "head",
     "box": {
      "x": 4800,
      "y": 6200,
      "width": 75300,
      "height": 9200
     },
     "labels": "summaryHeads",
     "columns": [
      {
       "width": 2400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 13600,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 47100,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "times": "subjects",
       "upward": true
      },
      {
       "width": 4400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 4400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 3400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      }
     ],
     "padding": 300
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 15400,
      "width": 75300,
      "height": 35728
     },
     "rows": "summary",
     "columns": [
      {
       "width": 2400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 13600,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 47100,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "times": "subjects",
       "upward": true
      },
      {
       "width": 4400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 4400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 3400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 2200
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Tổng hợp – {term}",
   "each": "summaryCN",
   "split": {
    "rows": "summary",
    "perPage": 23
   },
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "TỔNG HỢP KẾT QUẢ {term}"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "head",
     "box": {
      "x": 4800,
      "y": 6200,
      "width": 75300,
      "height": 9200
     },
     "labels": "summaryHeads",
     "columns": [
      {
       "width": 2400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 13600,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 28100,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "times": "subjects",
       "upward": true
      },
      {
       "width": 4400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 4400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 3400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 8400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 10600,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 15400,
      "width": 75300,
      "height": 35728
     },
     "rows": "summary",
     "columns": [
      {
       "width": 2400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 13600,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 28100,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "times": "subjects",
       "upward": true
      },
      {
       "width": 4400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 4400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 3400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true
      },
      {
       "width": 8400,
       "face": "regular",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 10600,
       "face": "regular",
       "tailFace": "italic",
       "size": 800,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 2200
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Xác nhận",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 3000,
      "width": 50300,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "XÁC NHẬN"
      }
     ],
     "size": 1300,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H1"
    },
    {
     "kind": "text",
     "box": {
      "x": 55100,
      "y": 3000,
      "width": 25000,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Lớp {className} – năm học {schoolYear}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 10800,
      "y": 13000,
      "width": 63300,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Số học sinh: "
      },
      {
       "face": "bold",
       "text": "{pupilCount}"
      }
     ],
     "size": 1200,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 10800,
      "y": 15600,
      "width": 63300,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trong đó nữ: "
      },
      {
       "face": "bold",
       "text": "{girlCount}"
      }
     ],
     "size": 1200,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 10800,
      "y": 18200,
      "width": 63300,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Số trang môn học, hoạt động giáo dục theo học kì: "
      },
      {
       "face": "bold",
       "text": "{sheetCount}"
      }
     ],
     "size": 1200,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 10800,
      "y": 20800,
      "width": 63300,
      "height": 2200
     },
     "runs": [
      {
       "face": "regular",
       "text": "Số chỗ có sửa chữa trong sổ: "
      },
      {
       "face": "bold",
       "text": "{correctionCount}"
      }
     ],
     "size": 1200,
     "minSize": 800,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 10800,
      "y": 24000,
      "width": 63300,
      "height": 3400
     },
     "runs": [
      {
       "face": "regular",
       "text": "Giá trị cũ của mỗi chỗ sửa chữa được gạch ngang bằng mực đỏ và giữ lại để đọc được; giá trị mới viết bên cạnh. Lí do, người đề nghị và người duyệt có trong nhật kí của nhà trường."
      }
     ],
     "size": 1000,
     "minSize": 700,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 36128,
      "width": 17600,
      "height": 1400
     },
     "runs": [
      {
       "face": "bold",
       "text": "GIÁO VIÊN CHỦ NHIỆM"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 59500,
      "y": 34728,
      "width": 20600,
      "height": 1300
     },
     "runs": [
      {
       "face": "italic",
       "text": "{placeAndDate}"
      }
     ],
     "size": 950,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 62500,
      "y": 36128,
      "width": 17600,
      "height": 1400
     },
     "runs": [
      {
       "face": "bold",
       "text": "HIỆU TRƯỞNG"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 52128,
      "width": 75300,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 52528,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã xác thực: "
      },
      {
       "face": "bold",
       "text": "{code}"
      }
     ],
     "size": 750,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 53728,
      "width": 69700,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kiểm tra tại "
      },
      {
       "face": "bold",
       "text": "{verifier}"
      },
      {
       "face": "regular",
       "text": " hoặc quét mã QR."
      }
     ],
     "size": 750,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "verifier"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54928,
      "width": 63700,
      "height": 1100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{demo}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "red",
     "when": "demo"
    },
    {
     "kind": "text",
     "box": {
      "x": 68500,
      "y": 54928,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang {page}/{pages}"
      }
     ],
     "size": 750,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "qr",
     "box": {
      "x": 75700,
      "y": 52528,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  }
 ],
 "signatures": [
  {
   "role": "homeroom",
   "page": 10,
   "box": {
    "x": 4800,
    "y": 37728,
    "width": 17600,
    "height": 7600
   },
   "room": 8192,
   "style": "person"
  },
  {
   "role": "principal",
   "page": 10,
   "box": {
    "x": 62500,
    "y": 37728,
    "width": 17600,
    "height": 7600
   },
   "room": 8192,
   "style": "person"
  },
  {
   "role": "seal",
   "page": 10,
   "room": 16384,
   "style": "seal",
   "box": {
    "x": 48700,
    "y": 37728,
    "width": 12800,
    "height": 7600
   },
   "pictured": {
    "x": 48500,
    "y": 35128,
    "width": 16200,
    "height": 10200
   }
  }
 ],
 "font": {
  "id": "be-vietnam-pro-1",
  "hash": "94e3c03fd1be802001a2831de793edb37e0b8f7d980cb60a43ee82870f25532b"
 }
};
