/** Made by libs/pdf/src/build-templates.ts; released, and therefore never changed. */
import type { Template } from '../template.js';

export const hash = '544f49fe2306827fbce00a75b7e0c3e1c4d7e8d36b230e927e8af22254048b6f';

export const template: Template = {
 "format": 1,
 "id": "hoc-ba-th-1",
 "view": "hoc-ba-th-1",
 "width": 59528,
 "height": 84189,
 "title": "Học bạ tiểu học – {fullName} – năm học {schoolYear}",
 "pages": [
  {
   "title": "Bìa",
   "link": {
    "x": 5600,
    "y": 77989,
    "width": 44300,
    "height": 1100
   },
   "elements": [
    {
     "kind": "rule",
     "box": {
      "x": 5000,
      "y": 3400,
      "width": 51100,
      "height": 71789
     },
     "lineWidth": 160,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 5500,
      "y": 3900,
      "width": 50100,
      "height": 70789
     },
     "lineWidth": 60,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 7600,
      "y": 4600,
      "width": 45900,
      "height": 1700
     },
     "runs": [
      {
       "face": "regular",
       "text": "{governingBody}"
      }
     ],
     "size": 1200,
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
      "x": 7600,
      "y": 6400,
      "width": 45900,
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
      "x": 7600,
      "y": 9200,
      "width": 45900,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "{commune}"
      }
     ],
     "size": 1200,
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
      "x": 7600,
      "y": 11000,
      "width": 45900,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "{province}"
      }
     ],
     "size": 1200,
     "minSize": 800,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 24550,
      "y": 13600,
      "width": 12000,
      "height": 0
     },
     "lineWidth": 60,
     "color": "black"
    },
    {
     "kind": "image",
     "place": "logo",
     "box": {
      "x": 26750,
      "y": 14400,
      "width": 7600,
      "height": 7200
     }
    },
    {
     "kind": "text",
     "box": {
      "x": 7600,
      "y": 21800,
      "width": 45900,
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
      "x": 7600,
      "y": 23600,
      "width": 45900,
      "height": 6000
     },
     "runs": [
      {
       "face": "bold",
       "text": "HỌC BẠ"
      }
     ],
     "size": 4200,
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
      "x": 7600,
      "y": 30000,
      "width": 45900,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "TIỂU HỌC"
      }
     ],
     "size": 1800,
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
      "x": 7600,
      "y": 33600,
      "width": 45900,
      "height": 3200
     },
     "runs": [
      {
       "face": "italic",
       "text": "(Mẫu ban hành kèm theo Thông tư số 27/2020/TT-BGDĐT ngày 04 tháng 9 năm 2020)"
      }
     ],
     "size": 950,
     "minSize": 700,
     "align": "center",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 7600,
      "y": 45200,
      "width": 45900,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Họ và tên học sinh"
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
      "x": 7600,
      "y": 47200,
      "width": 45900,
      "height": 2800
     },
     "runs": [
      {
       "face": "bold",
       "text": "{fullNameUpper}"
      }
     ],
     "size": 1800,
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
      "x": 7600,
      "y": 52800,
      "width": 45900,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "{registerLabel}: "
      },
      {
       "face": "bold",
       "text": "{registerNumber}"
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
      "x": 7600,
      "y": 54800,
      "width": 45900,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Mã học sinh: "
      },
      {
       "face": "bold",
       "text": "{pupilCode}"
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
      "x": 7600,
      "y": 65000,
      "width": 45900,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Năm học "
      },
      {
       "face": "bold",
       "text": "{schoolYear}"
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
     "kind": "rule",
     "box": {
      "x": 5600,
      "y": 76389,
      "width": 49900,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 76789,
      "width": 44300,
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
      "x": 5600,
      "y": 77989,
      "width": 44300,
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
      "x": 5600,
      "y": 79189,
      "width": 38300,
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
      "x": 43900,
      "y": 79189,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang 1/6"
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
      "x": 51100,
      "y": 76789,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Hướng dẫn sử dụng học bạ",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 4800,
      "width": 49900,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "HƯỚNG DẪN GHI HỌC BẠ"
      }
     ],
     "size": 1500,
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
      "x": 5600,
      "y": 9200,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "1. Quy định chung"
      }
     ],
     "size": 1150,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H2"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 11200,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Học bạ ghi kết quả tổng hợp đánh giá cuối năm học của học sinh, lập và quản lí bằng hồ sơ điện tử."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 14430,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Nội dung lấy từ bảng tổng hợp kết quả đánh giá giáo dục của lớp đã khóa; mọi sửa chữa sau khi ghi sổ đều giữ lại nội dung cũ, lí do và người duyệt."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 17660,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Dữ liệu của học bạ được đính kèm trong tệp này. Chữ kí số, con dấu số và Sổ Cái xác nhận dữ liệu đó; bản in chỉ để đọc."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 21690,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "2. Cách ghi"
      }
     ],
     "size": 1150,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H2"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 23690,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Môn học và hoạt động giáo dục: T (Hoàn thành tốt), H (Hoàn thành), C (Chưa hoàn thành). Điểm KTĐK là điểm bài kiểm tra cuối năm học hoặc bài kiểm tra lại cuối cùng."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 26920,
      "width": 48500,
      "height": 1365
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Phẩm chất và năng lực: T (Tốt), Đ (Đạt), C (Cần cố gắng)."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 28785,
      "width": 48500,
      "height": 1365
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Nhận xét nêu biểu hiện nổi bật, sự tiến bộ của học sinh và điều cần được giúp đỡ thêm."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 30650,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Đánh giá kết quả giáo dục: Hoàn thành xuất sắc, Hoàn thành tốt, Hoàn thành, Chưa hoàn thành."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 34680,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "3. Trách nhiệm"
      }
     ],
     "size": 1150,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H2"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 36680,
      "width": 48500,
      "height": 1365
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Giáo viên chủ nhiệm tổng hợp kết quả của giáo viên môn học, ghi nhận xét và kí số học bạ."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 38545,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Hiệu trưởng phê duyệt kết quả, kí số học bạ hoặc ủy quyền bằng văn bản; con dấu số của nhà trường được đóng sau cùng."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 42575,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "4. Kiểm tra học bạ"
      }
     ],
     "size": 1150,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H2"
    },
    {
     "kind": "text",
     "box": {
      "x": 7000,
      "y": 44575,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Ai cũng có thể kiểm tra học bạ bằng tệp PDF này, mã QR hoặc mã xác thực ở cuối mỗi trang, không cần tài khoản."
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 48605,
      "width": 49900,
      "height": 27184
     },
     "runs": [
      {
       "face": "regular",
       "text": "{guideNote}"
      }
     ],
     "size": 1050,
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
      "x": 5600,
      "y": 76389,
      "width": 49900,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 76789,
      "width": 44300,
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
      "x": 5600,
      "y": 77989,
      "width": 44300,
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
      "x": 5600,
      "y": 79189,
      "width": 38300,
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
      "x": 43900,
      "y": 79189,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang 2/6"
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
      "x": 51100,
      "y": 76789,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Lí lịch và quá trình học tập",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 4400,
      "width": 49900,
      "height": 2600
     },
     "runs": [
      {
       "face": "bold",
       "text": "HỌC BẠ"
      }
     ],
     "size": 1600,
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
      "x": 5600,
      "y": 8400,
      "width": 36000,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Họ và tên: "
      },
      {
       "face": "bold",
       "text": "{fullName}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 42600,
      "y": 8400,
      "width": 12900,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Giới tính: "
      },
      {
       "face": "bold",
       "text": "{sex}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 10500,
      "width": 24600,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Ngày, tháng, năm sinh: "
      },
      {
       "face": "bold",
       "text": "{birthDate}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 30600,
      "y": 10500,
      "width": 24600,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Dân tộc: "
      },
      {
       "face": "bold",
       "text": "{ethnicity}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 12600,
      "width": 24600,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Quốc tịch: "
      },
      {
       "face": "bold",
       "text": "{nationality}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 30600,
      "y": 12600,
      "width": 24600,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Số định danh cá nhân: "
      },
      {
       "face": "bold",
       "text": "{personalId}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 14700,
      "width": 49900,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Nơi sinh: "
      },
      {
       "face": "bold",
       "text": "{birthPlace}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 16800,
      "width": 49900,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Quê quán: "
      },
      {
       "face": "bold",
       "text": "{homeTown}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 18900,
      "width": 49900,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Nơi ở hiện nay: "
      },
      {
       "face": "bold",
       "text": "{address}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 21000,
      "width": 49900,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Họ và tên cha: "
      },
      {
       "face": "bold",
       "text": "{father}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 23100,
      "width": 49900,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Họ và tên mẹ: "
      },
      {
       "face": "bold",
       "text": "{mother}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 25200,
      "width": 49900,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Người giám hộ (nếu có): "
      },
      {
       "face": "bold",
       "text": "{guardian}"
      }
     ],
     "size": 1100,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 28200,
      "width": 8100,
      "height": 10600
     },
     "runs": [
      {
       "face": "italic",
       "text": "Ảnh 3 × 4 cm"
      }
     ],
     "size": 900,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "grey"
    },
    {
     "kind": "text",
     "box": {
      "x": 32600,
      "y": 28000,
      "width": 22900,
      "height": 1500
     },
     "runs": [
      {
       "face": "italic",
       "text": "{placeAndDate}"
      }
     ],
     "size": 1000,
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
      "x": 32600,
      "y": 29600,
      "width": 22900,
      "height": 1500
     },
     "runs": [
      {
       "face": "bold",
       "text": "{principalOnBehalf}"
      }
     ],
     "size": 1050,
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
      "x": 32600,
      "y": 31100,
      "width": 22900,
      "height": 1500
     },
     "runs": [
      {
       "face": "bold",
       "text": "{principalTitle}"
      }
     ],
     "size": 1050,
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
      "x": 32600,
      "y": 32600,
      "width": 22900,
      "height": 1300
     },
     "runs": [
      {
       "face": "italic",
       "text": "(Kí số ở trang 6)"
      }
     ],
     "size": 900,
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
      "x": 32600,
      "y": 34600,
      "width": 22900,
      "height": 1600
     },
     "runs": [
      {
       "face": "bold",
       "text": "{principal}"
      }
     ],
     "size": 1050,
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
      "x": 5600,
      "y": 39200,
      "width": 49900,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "QUÁ TRÌNH HỌC TẬP"
      }
     ],
     "size": 1300,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H2"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 42200,
      "width": 8200,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Năm học"
      }
     ],
     "size": 950,
     "minSize": 650,
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
      "x": 13800,
      "y": 42200,
      "width": 5200,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Lớp"
      }
     ],
     "size": 950,
     "minSize": 650,
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
      "x": 19000,
      "y": 42200,
      "width": 20500,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Tên trường"
      }
     ],
     "size": 950,
     "minSize": 650,
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
      "x": 39500,
      "y": 42200,
      "width": 7000,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Số đăng bộ"
      }
     ],
     "size": 950,
     "minSize": 650,
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
      "x": 46500,
      "y": 42200,
      "width": 9000,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Ngày nhập học / chuyển đến"
      }
     ],
     "size": 950,
     "minSize": 650,
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
      "x": 5600,
      "y": 45200,
      "width": 49900,
      "height": 25000
     },
     "rows": "history",
     "columns": [
      {
       "width": 8200,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 5200,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 20500,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 7000,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 9000,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 6,
     "maxRowHeight": 3400
    },
    {
     "kind": "rule",
     "box": {
      "x": 5600,
      "y": 76389,
      "width": 49900,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 76789,
      "width": 44300,
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
      "x": 5600,
      "y": 77989,
      "width": 44300,
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
      "x": 5600,
      "y": 79189,
      "width": 38300,
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
      "x": 43900,
      "y": 79189,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang 3/6"
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
      "x": 51100,
      "y": 76789,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Các môn học và hoạt động giáo dục",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 4000,
      "width": 33000,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Họ và tên học sinh: "
      },
      {
       "face": "bold",
       "text": "{fullName}"
      }
     ],
     "size": 1050,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 39200,
      "y": 4000,
      "width": 16300,
      "height": 1800
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
     "size": 1050,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 6000,
      "width": 11000,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Chiều cao: "
      },
      {
       "face": "bold",
       "text": "{height}"
      }
     ],
     "size": 1050,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 17000,
      "y": 6000,
      "width": 11000,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Cân nặng: "
      },
      {
       "face": "bold",
       "text": "{weight}"
      }
     ],
     "size": 1050,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 29200,
      "y": 6000,
      "width": 16000,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Số ngày nghỉ có phép: "
      },
      {
       "face": "bold",
       "text": "{absentPermitted}"
      }
     ],
     "size": 1050,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 45600,
      "y": 6000,
      "width": 9900,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Không phép: "
      },
      {
       "face": "bold",
       "text": "{absentUnpermitted}"
      }
     ],
     "size": 1050,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 8400,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "1. Các môn học và hoạt động giáo dục"
      }
     ],
     "size": 1100,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 10600,
      "width": 11800,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Môn học và hoạt động giáo dục"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "y": 10600,
      "width": 4800,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Mức đạt được"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 22200,
      "y": 10600,
      "width": 4800,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Điểm KTĐK"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 27000,
      "y": 10600,
      "width": 28500,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nhận xét"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 5600,
      "y": 13600,
      "width": 49900,
      "height": 59189
     },
     "rows": "subjects",
     "columns": [
      {
       "width": 11800,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 650,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 4800,
       "face": "bold",
       "tailFace": "italic",
       "size": 1050,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 4800,
       "face": "bold",
       "tailFace": "italic",
       "size": 1050,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 28500,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 84189
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 73189,
      "width": 49900,
      "height": 2200
     },
     "runs": [
      {
       "face": "italic",
       "text": "{corrections}"
      }
     ],
     "size": 900,
     "minSize": 450,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 5600,
      "y": 76389,
      "width": 49900,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 76789,
      "width": 44300,
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
      "x": 5600,
      "y": 77989,
      "width": 44300,
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
      "x": 5600,
      "y": 79189,
      "width": 38300,
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
      "x": 43900,
      "y": 79189,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang 4/6"
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
      "x": 51100,
      "y": 76789,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Phẩm chất và năng lực",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 4000,
      "width": 33000,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trường: "
      },
      {
       "face": "bold",
       "text": "{schoolName}"
      }
     ],
     "size": 1050,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 39200,
      "y": 4000,
      "width": 16300,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Năm học: "
      },
      {
       "face": "bold",
       "text": "{schoolYear}"
      }
     ],
     "size": 1050,
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
      "x": 5600,
      "y": 6800,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "2. Những phẩm chất chủ yếu"
      }
     ],
     "size": 1100,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H2"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 9200,
      "width": 17000,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nội dung"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 22600,
      "y": 9200,
      "width": 7000,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Mức đạt được"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 29600,
      "y": 9200,
      "width": 25900,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nhận xét"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 5600,
      "y": 11400,
      "width": 24000,
      "height": 13500
     },
     "rows": "qualities",
     "columns": [
      {
       "width": 17000,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 700,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 7000,
       "face": "bold",
       "tailFace": "italic",
       "size": 1050,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 84189
    },
    {
     "kind": "text",
     "box": {
      "x": 29600,
      "y": 11400,
      "width": 25900,
      "height": 13500
     },
     "runs": [
      {
       "face": "regular",
       "text": "{qualitiesRemark}"
      }
     ],
     "size": 1000,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "top",
     "border": true,
     "padding": 500,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 26700,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "3. Những năng lực cốt lõi"
      }
     ],
     "size": 1100,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "tag": "H2"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 28900,
      "width": 17000,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nội dung"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 22600,
      "y": 28900,
      "width": 7000,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Mức đạt được"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 29600,
      "y": 28900,
      "width": 25900,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nhận xét"
      }
     ],
     "size": 900,
     "minSize": 650,
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
      "x": 5600,
      "y": 31100,
      "width": 24000,
      "height": 2000
     },
     "runs": [
      {
       "face": "bold",
       "text": "3.1. Những năng lực chung"
      }
     ],
     "size": 950,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": true,
     "padding": 300,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "table",
     "box": {
      "x": 5600,
      "y": 33100,
      "width": 24000,
      "height": 8100
     },
     "rows": "generalCompetences",
     "columns": [
      {
       "width": 17000,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 700,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 7000,
       "face": "bold",
       "tailFace": "italic",
       "size": 1050,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 84189
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 41200,
      "width": 24000,
      "height": 2000
     },
     "runs": [
      {
       "face": "bold",
       "text": "3.2. Những năng lực đặc thù"
      }
     ],
     "size": 950,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "middle",
     "border": true,
     "padding": 300,
     "color": "black",
     "tag": "TH"
    },
    {
     "kind": "table",
     "box": {
      "x": 5600,
      "y": 43200,
      "width": 24000,
      "height": 18900
     },
     "rows": "specificCompetences",
     "columns": [
      {
       "width": 17000,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 700,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 7000,
       "face": "bold",
       "tailFace": "italic",
       "size": 1050,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 84189
    },
    {
     "kind": "text",
     "box": {
      "x": 29600,
      "y": 31100,
      "width": 25900,
      "height": 31000
     },
     "runs": [
      {
       "face": "regular",
       "text": "{competencesRemark}"
      }
     ],
     "size": 1000,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "top",
     "border": true,
     "padding": 500,
     "color": "black"
    },
    {
     "kind": "rule",
     "box": {
      "x": 5600,
      "y": 76389,
      "width": 49900,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 76789,
      "width": 44300,
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
      "x": 5600,
      "y": 77989,
      "width": 44300,
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
      "x": 5600,
      "y": 79189,
      "width": 38300,
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
      "x": 43900,
      "y": 79189,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang 5/6"
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
      "x": 51100,
      "y": 76789,
      "width": 4200,
      "height": 4200
     }
    }
   ]
  },
  {
   "title": "Kết quả giáo dục",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 4000,
      "width": 33000,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Họ và tên học sinh: "
      },
      {
       "face": "bold",
       "text": "{fullName}"
      }
     ],
     "size": 1050,
     "minSize": 500,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 39200,
      "y": 4000,
      "width": 16300,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Năm học: "
      },
      {
       "face": "bold",
       "text": "{schoolYear}"
      }
     ],
     "size": 1050,
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
      "x": 5600,
      "y": 9200,
      "width": 49900,
      "height": 4000
     },
     "runs": [
      {
       "face": "bold",
       "text": "4. Đánh giá kết quả giáo dục: "
      },
      {
       "face": "regular",
       "text": "{yearResult}"
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
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 14000,
      "width": 49900,
      "height": 6600
     },
     "runs": [
      {
       "face": "bold",
       "text": "5. Khen thưởng: "
      },
      {
       "face": "regular",
       "text": "{honour}"
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
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 21400,
      "width": 49900,
      "height": 6600
     },
     "runs": [
      {
       "face": "bold",
       "text": "6. Hoàn thành chương trình lớp học / chương trình tiểu học: "
      },
      {
       "face": "regular",
       "text": "{completion}"
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
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 30600,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Theo Quyết định số {councilNumber} ngày {councilDate}, sau khi Hội đồng đã xét kết quả."
      }
     ],
     "size": 1000,
     "minSize": 700,
     "align": "left",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 41500,
      "width": 17600,
      "height": 1600
     },
     "runs": [
      {
       "face": "bold",
       "text": "GIÁO VIÊN CHỦ NHIỆM"
      }
     ],
     "size": 1050,
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
      "x": 5600,
      "y": 43000,
      "width": 17600,
      "height": 1300
     },
     "runs": [
      {
       "face": "italic",
       "text": "(Kí số)"
      }
     ],
     "size": 900,
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
      "x": 34600,
      "y": 40000,
      "width": 20900,
      "height": 1500
     },
     "runs": [
      {
       "face": "italic",
       "text": "{placeAndDate}"
      }
     ],
     "size": 1000,
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
      "x": 37900,
      "y": 41500,
      "width": 17600,
      "height": 1600
     },
     "runs": [
      {
       "face": "bold",
       "text": "XÁC NHẬN CỦA HIỆU TRƯỞNG"
      }
     ],
     "size": 1050,
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
      "x": 37900,
      "y": 43000,
      "width": 17600,
      "height": 1300
     },
     "runs": [
      {
       "face": "italic",
       "text": "(Kí số, đóng dấu số)"
      }
     ],
     "size": 900,
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
      "x": 5600,
      "y": 76389,
      "width": 49900,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 76789,
      "width": 44300,
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
      "x": 5600,
      "y": 77989,
      "width": 44300,
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
      "x": 5600,
      "y": 79189,
      "width": 38300,
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
      "x": 43900,
      "y": 79189,
      "width": 6000,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "Trang 6/6"
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
      "x": 51100,
      "y": 76789,
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
   "page": 5,
   "box": {
    "x": 5600,
    "y": 44800,
    "width": 17600,
    "height": 7600
   },
   "room": 8192,
   "style": "person"
  },
  {
   "role": "principal",
   "page": 5,
   "box": {
    "x": 37900,
    "y": 44800,
    "width": 17600,
    "height": 7600
   },
   "room": 8192,
   "style": "person"
  },
  {
   "role": "seal",
   "page": 5,
   "box": {
    "x": 24200,
    "y": 44800,
    "width": 12800,
    "height": 7600
   },
   "room": 16384,
   "style": "seal",
   "pictured": {
    "x": 23900,
    "y": 42200,
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
