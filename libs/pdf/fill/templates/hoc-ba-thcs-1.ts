/** Made by libs/pdf/src/build-templates.ts; released, and therefore never changed. */
import type { Template } from '../template.js';

export const hash = 'b1bb4c2a652b167a7b10c87c376473e8a7377571e7285efb45a51c1fa947f00e';

export const template: Template = {
 "format": 1,
 "id": "hoc-ba-thcs-1",
 "view": "hoc-ba-thcs-1",
 "width": 59528,
 "height": 84189,
 "title": "Học bạ trung học cơ sở – {fullName} – năm học {schoolYear}",
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
       "text": "TRUNG HỌC CƠ SỞ"
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
       "text": "(Mẫu ban hành kèm theo Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021)"
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
       "text": "Trang 1/5"
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
       "text": "HƯỚNG DẪN SỬ DỤNG HỌC BẠ"
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
       "text": "– Học bạ ghi kết quả rèn luyện và học tập của học sinh theo từng năm học, lập và quản lí bằng hồ sơ điện tử."
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
       "text": "– Nội dung lấy từ sổ theo dõi và đánh giá học sinh đã khóa; mọi sửa chữa sau khi ghi sổ đều giữ lại nội dung cũ, lí do và người duyệt."
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
       "text": "2. Giáo viên môn học"
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
       "text": "– Ghi điểm trung bình môn hoặc mức đánh giá của từng học kì và cả năm học; ghi nhận xét về sự tiến bộ, ưu điểm nổi bật và hạn chế chủ yếu (nếu có)."
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
       "text": "– Chịu trách nhiệm về tính chính xác của kết quả do mình đánh giá."
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
      "y": 29585,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "3. Giáo viên chủ nhiệm"
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
      "y": 31585,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Ghi kết quả rèn luyện, học tập, số buổi nghỉ học, khen thưởng và nhận xét chung; xác nhận các sửa chữa của giáo viên môn học."
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
      "y": 34815,
      "width": 48500,
      "height": 1365
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Kí số học bạ sau khi Hội đồng đã xét kết quả cuối năm."
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
      "y": 37480,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "4. Hiệu trưởng"
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
      "y": 39480,
      "width": 48500,
      "height": 2730
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Phê duyệt kết quả, kí số học bạ hoặc ủy quyền bằng văn bản; con dấu số của nhà trường được đóng sau cùng."
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
      "y": 43510,
      "width": 49900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "5. Kiểm tra học bạ"
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
      "y": 45510,
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
      "y": 49540,
      "width": 49900,
      "height": 26249
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
       "text": "Trang 2/5"
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
       "text": "Ngày sinh: "
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
      "y": 14700,
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
      "y": 14700,
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
      "y": 16800,
      "width": 49900,
      "height": 2000
     },
     "runs": [
      {
       "face": "regular",
       "text": "Đối tượng (con liệt sĩ, con thương binh …): "
      },
      {
       "face": "bold",
       "text": "{policyGroup}"
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
       "text": "Chỗ ở hiện tại: "
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
       "text": "Họ và tên cha, nghề nghiệp: "
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
       "text": "Họ và tên mẹ, nghề nghiệp: "
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
       "text": "Họ và tên người giám hộ (nếu có), nghề nghiệp: "
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
       "text": "(Kí số ở trang 5)"
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
      "width": 10000,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Năm học"
      }
     ],
     "size": 1000,
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
      "x": 15600,
      "y": 42200,
      "width": 7000,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Lớp"
      }
     ],
     "size": 1000,
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
      "y": 42200,
      "width": 32900,
      "height": 2200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Tên trường, địa danh"
      }
     ],
     "size": 1000,
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
      "y": 44400,
      "width": 49900,
      "height": 25000
     },
     "rows": "history",
     "columns": [
      {
       "width": 10000,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
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
       "width": 32900,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "left",
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
       "text": "Trang 3/5"
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
   "title": "Kết quả học tập các môn học",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 4000,
      "width": 27000,
      "height": 1800
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
      "x": 33200,
      "y": 4000,
      "width": 9000,
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
      "x": 42600,
      "y": 4000,
      "width": 12900,
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
     "minSize": 500,
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
      "y": 6600,
      "width": 9800,
      "height": 6200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Môn học / Hoạt động giáo dục"
      }
     ],
     "size": 800,
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
      "x": 15400,
      "y": 6600,
      "width": 12600,
      "height": 2800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Điểm trung bình môn học hoặc mức đánh giá"
      }
     ],
     "size": 800,
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
      "x": 15400,
      "y": 9400,
      "width": 4200,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Học kì I"
      }
     ],
     "size": 800,
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
      "x": 19600,
      "y": 9400,
      "width": 4200,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Học kì II"
      }
     ],
     "size": 800,
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
      "x": 23800,
      "y": 9400,
      "width": 4200,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Cả năm"
      }
     ],
     "size": 800,
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
      "x": 28000,
      "y": 6600,
      "width": 4700,
      "height": 6200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Điểm hoặc mức sau đánh giá lại (nếu có)"
      }
     ],
     "size": 800,
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
      "x": 32700,
      "y": 6600,
      "width": 22800,
      "height": 6200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu (nếu có)"
      },
      {
       "face": "regular",
       "text": " và họ tên giáo viên môn học"
      }
     ],
     "size": 800,
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
      "y": 12800,
      "width": 49900,
      "height": 55589
     },
     "rows": "subjects",
     "columns": [
      {
       "width": 9800,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 650,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 4200,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 4200,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 4200,
       "face": "bold",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 4700,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 22800,
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
     "maxRowHeight": 84189
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 68789,
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
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 71189,
      "width": 24950,
      "height": 1400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Xác nhận của giáo viên chủ nhiệm"
      }
     ],
     "size": 950,
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
      "y": 72589,
      "width": 24950,
      "height": 1200
     },
     "runs": [
      {
       "face": "italic",
       "text": "(Kí số ở trang 5)"
      }
     ],
     "size": 850,
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
      "y": 73889,
      "width": 24950,
      "height": 1400
     },
     "runs": [
      {
       "face": "bold",
       "text": "{homeroomTeacher}"
      }
     ],
     "size": 950,
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
      "x": 30550,
      "y": 71189,
      "width": 24950,
      "height": 1400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Xác nhận của Hiệu trưởng"
      }
     ],
     "size": 950,
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
      "x": 30550,
      "y": 72589,
      "width": 24950,
      "height": 1200
     },
     "runs": [
      {
       "face": "italic",
       "text": "(Kí số ở trang 5)"
      }
     ],
     "size": 850,
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
      "x": 30550,
      "y": 73889,
      "width": 24950,
      "height": 1400
     },
     "runs": [
      {
       "face": "regular",
       "text": "{principalOnBehalf} "
      },
      {
       "face": "bold",
       "text": "{principal}"
      }
     ],
     "size": 950,
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
       "text": "Trang 4/5"
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
   "title": "Kết quả rèn luyện, học tập cả năm",
   "elements": [
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 4000,
      "width": 27000,
      "height": 1800
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
      "x": 33200,
      "y": 4000,
      "width": 9000,
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
      "x": 42600,
      "y": 4000,
      "width": 12900,
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
     "minSize": 500,
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
      "y": 6600,
      "width": 5800,
      "height": 7000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Học kì"
      }
     ],
     "size": 800,
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
      "x": 11400,
      "y": 6600,
      "width": 10400,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Mức đánh giá"
      }
     ],
     "size": 800,
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
      "x": 11400,
      "y": 9600,
      "width": 5200,
      "height": 4000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Kết quả rèn luyện"
      }
     ],
     "size": 800,
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
      "x": 16600,
      "y": 9600,
      "width": 5200,
      "height": 4000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Kết quả học tập"
      }
     ],
     "size": 800,
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
      "x": 21800,
      "y": 6600,
      "width": 5800,
      "height": 7000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Tổng số buổi nghỉ học cả năm học"
      }
     ],
     "size": 800,
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
      "x": 27600,
      "y": 6600,
      "width": 11200,
      "height": 3000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Mức đánh giá lại, sau rèn luyện hè"
      }
     ],
     "size": 800,
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
      "x": 27600,
      "y": 9600,
      "width": 5600,
      "height": 4000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Kết quả rèn luyện"
      }
     ],
     "size": 800,
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
      "x": 33200,
      "y": 9600,
      "width": 5600,
      "height": 4000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Kết quả học tập"
      }
     ],
     "size": 800,
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
      "width": 16200,
      "height": 8100
     },
     "rows": "levels",
     "columns": [
      {
       "width": 5800,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 550,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 5200,
       "face": "bold",
       "tailFace": "italic",
       "size": 950,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 5200,
       "face": "bold",
       "tailFace": "italic",
       "size": 950,
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
      "x": 21800,
      "y": 13600,
      "width": 5800,
      "height": 8100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{absences}"
      }
     ],
     "size": 1100,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 27600,
      "y": 13600,
      "width": 5600,
      "height": 8100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{conductAfter}"
      }
     ],
     "size": 950,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 33200,
      "y": 13600,
      "width": 5600,
      "height": 8100
     },
     "runs": [
      {
       "face": "bold",
       "text": "{learningAfter}"
      }
     ],
     "size": 950,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 38800,
      "y": 6600,
      "width": 16700,
      "height": 15100
     },
     "runs": [
      {
       "face": "regular",
       "text": ""
      }
     ],
     "size": 900,
     "minSize": 650,
     "align": "center",
     "verticalAlign": "middle",
     "border": true,
     "padding": 250,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 39300,
      "y": 7000,
      "width": 15700,
      "height": 3700
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Được lên lớp: "
      },
      {
       "face": "bold",
       "text": "{promoted}"
      }
     ],
     "size": 900,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 39300,
      "y": 10700,
      "width": 15700,
      "height": 4900
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Được lên lớp sau khi đánh giá lại môn học hoặc rèn luyện trong kì nghỉ hè: "
      },
      {
       "face": "bold",
       "text": "{promotedAfterSummer}"
      }
     ],
     "size": 900,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 39300,
      "y": 15800,
      "width": 15700,
      "height": 2600
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Không được lên lớp: "
      },
      {
       "face": "bold",
       "text": "{notPromoted}"
      }
     ],
     "size": 900,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 39300,
      "y": 18500,
      "width": 15700,
      "height": 3000
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Chưa quyết định: "
      },
      {
       "face": "bold",
       "text": "{undecided}"
      }
     ],
     "size": 900,
     "minSize": 600,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "undecided"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 22400,
      "width": 49900,
      "height": 1400
     },
     "runs": [
      {
       "face": "italic",
       "text": "Nếu là lớp cuối cấp thì ghi: Hoàn thành hay không hoàn thành chương trình trung học cơ sở."
      }
     ],
     "size": 850,
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
      "y": 24400,
      "width": 49900,
      "height": 2700
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Chứng chỉ (nếu có): "
      },
      {
       "face": "bold",
       "text": "{certificates}"
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
      "y": 27200,
      "width": 49900,
      "height": 2700
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Kết quả tham gia các cuộc thi (nếu có): "
      },
      {
       "face": "bold",
       "text": "{competitions}"
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
      "y": 30000,
      "width": 49900,
      "height": 2700
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Khen thưởng (nếu có): "
      },
      {
       "face": "bold",
       "text": "{honour}"
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
      "y": 32800,
      "width": 49900,
      "height": 2700
     },
     "runs": [
      {
       "face": "regular",
       "text": "– Kết quả rèn luyện trong kì nghỉ hè (nếu có): "
      },
      {
       "face": "bold",
       "text": "{summerTraining}"
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
      "y": 35800,
      "width": 49900,
      "height": 2000
     },
     "runs": [
      {
       "face": "bold",
       "text": "NHẬN XÉT CỦA GIÁO VIÊN CHỦ NHIỆM"
      }
     ],
     "size": 1100,
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
      "y": 38200,
      "width": 49900,
      "height": 10800
     },
     "runs": [
      {
       "face": "regular",
       "text": "{homeroomRemark}"
      }
     ],
     "size": 1050,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": true,
     "padding": 800,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 5600,
      "y": 60589,
      "width": 49900,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Theo Quyết định số {councilNumber} ngày {councilDate}, sau khi Hội đồng đã xét kết quả."
      }
     ],
     "size": 950,
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
      "y": 64689,
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
      "y": 66189,
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
      "y": 63189,
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
      "y": 64689,
      "width": 17600,
      "height": 1600
     },
     "runs": [
      {
       "face": "bold",
       "text": "HIỆU TRƯỞNG"
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
      "y": 66189,
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
       "text": "Trang 5/5"
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
   "page": 4,
   "box": {
    "x": 5600,
    "y": 67989,
    "width": 17600,
    "height": 7600
   },
   "room": 8192,
   "style": "person"
  },
  {
   "role": "principal",
   "page": 4,
   "box": {
    "x": 37900,
    "y": 67989,
    "width": 17600,
    "height": 7600
   },
   "room": 8192,
   "style": "person"
  },
  {
   "role": "seal",
   "page": 4,
   "box": {
    "x": 24200,
    "y": 67989,
    "width": 12800,
    "height": 7600
   },
   "room": 16384,
   "style": "seal",
   "pictured": {
    "x": 23900,
    "y": 65389,
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
