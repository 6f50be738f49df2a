/** Made by libs/pdf/src/build-templates.ts; released, and therefore never changed. */
import type { Template } from '../template.js';

export const hash = '66f512f701dac308a0da730179580e7a39d9a10f71cc1698b223a4de5ac772ee';

export const template: Template = {
 "format": 1,
 "id": "phieu-trung-hoc-cn-1",
 "view": "phieu-trung-hoc-cn-1",
 "width": 59528,
 "height": 84189,
 "title": "Phiếu báo kết quả – {fullName} – năm học {schoolYear}",
 "pages": [
  {
   "title": "Phiếu báo kết quả",
   "link": {
    "x": 4800,
    "y": 78389,
    "width": 45100,
    "height": 1100
   },
   "elements": [
    {
     "kind": "image",
     "place": "logo",
     "box": {
      "x": 4800,
      "y": 2400,
      "width": 4000,
      "height": 4400
     }
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 1400,
      "width": 15200,
      "height": 1200
     },
     "runs": [
      {
       "face": "regular",
       "text": "{governingBody}"
      }
     ],
     "size": 800,
     "minSize": 400,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "noLogo"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 2600,
      "width": 15200,
      "height": 2400
     },
     "runs": [
      {
       "face": "bold",
       "text": "{schoolNameUpper}"
      }
     ],
     "size": 950,
     "minSize": 400,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "noLogo"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 5000,
      "width": 15200,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "{commune}"
      }
     ],
     "size": 800,
     "minSize": 400,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "noLogo"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 6100,
      "width": 15200,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "{province}"
      }
     ],
     "size": 800,
     "minSize": 400,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "noLogo"
    },
    {
     "kind": "text",
     "box": {
      "x": 9200,
      "y": 1400,
      "width": 10800,
      "height": 1200
     },
     "runs": [
      {
       "face": "regular",
       "text": "{governingBody}"
      }
     ],
     "size": 800,
     "minSize": 400,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "logo"
    },
    {
     "kind": "text",
     "box": {
      "x": 9200,
      "y": 2600,
      "width": 10800,
      "height": 2400
     },
     "runs": [
      {
       "face": "bold",
       "text": "{schoolNameUpper}"
      }
     ],
     "size": 950,
     "minSize": 400,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "logo"
    },
    {
     "kind": "text",
     "box": {
      "x": 9200,
      "y": 5000,
      "width": 10800,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "{commune}"
      }
     ],
     "size": 800,
     "minSize": 400,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "logo"
    },
    {
     "kind": "text",
     "box": {
      "x": 9200,
      "y": 6100,
      "width": 10800,
      "height": 1100
     },
     "runs": [
      {
       "face": "regular",
       "text": "{province}"
      }
     ],
     "size": 800,
     "minSize": 400,
     "align": "center",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "logo"
    },
    {
     "kind": "text",
     "box": {
      "x": 20000,
      "y": 3000,
      "width": 35500,
      "height": 2000
     },
     "runs": [
      {
       "face": "bold",
       "text": "PHIẾU BÁO KẾT QUẢ"
      }
     ],
     "size": 1400,
     "minSize": 900,
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
      "x": 20000,
      "y": 5000,
      "width": 35500,
      "height": 1600
     },
     "runs": [
      {
       "face": "bold",
       "text": "{slipTitle} – NĂM HỌC {schoolYear}"
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
      "x": 4800,
      "y": 8000,
      "width": 30000,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Học sinh: "
      },
      {
       "face": "bold",
       "text": "{fullName}"
      }
     ],
     "size": 1100,
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
      "x": 35400,
      "y": 8000,
      "width": 10000,
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
     "size": 1100,
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
      "x": 45800,
      "y": 8000,
      "width": 9700,
      "height": 1800
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
      "x": 4800,
      "y": 10000,
      "width": 30000,
      "height": 1800
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
      "x": 35400,
      "y": 10000,
      "width": 20100,
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
      "x": 4800,
      "y": 12600,
      "width": 9200,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Môn học / Hoạt động giáo dục"
      }
     ],
     "size": 850,
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
      "x": 14000,
      "y": 12600,
      "width": 6600,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGtx"
      }
     ],
     "size": 850,
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
      "x": 20600,
      "y": 12600,
      "width": 3300,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGgk"
      }
     ],
     "size": 850,
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
      "x": 23900,
      "y": 12600,
      "width": 3300,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐĐGck"
      }
     ],
     "size": 850,
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
      "x": 27200,
      "y": 12600,
      "width": 3400,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐTB học kì I"
      }
     ],
     "size": 850,
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
      "x": 30600,
      "y": 12600,
      "width": 3400,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "ĐTB học kì II"
      }
     ],
     "size": 850,
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
      "x": 34000,
      "y": 12600,
      "width": 3400,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Cả năm"
      }
     ],
     "size": 850,
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
      "x": 37400,
      "y": 12600,
      "width": 18100,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nhận xét"
      }
     ],
     "size": 850,
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
      "x": 4800,
      "y": 16000,
      "width": 50700,
      "height": 29589
     },
     "rows": "subjects",
     "columns": [
      {
       "width": 9200,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 650,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 6600,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3300,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3300,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3400,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3400,
       "face": "regular",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 3400,
       "face": "bold",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 18100,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 450,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 300,
     "minRows": 0,
     "maxRowHeight": 3000
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 46189,
      "width": 24700,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Học kì II: kết quả rèn luyện: "
      },
      {
       "face": "bold",
       "text": "{conduct}"
      }
     ],
     "size": 1000,
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
      "x": 30100,
      "y": 46189,
      "width": 24700,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Học kì II: kết quả học tập: "
      },
      {
       "face": "bold",
       "text": "{learning}"
      }
     ],
     "size": 1000,
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
      "x": 4800,
      "y": 47889,
      "width": 24700,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Cả năm: kết quả rèn luyện: "
      },
      {
       "face": "bold",
       "text": "{yearConduct}"
      }
     ],
     "size": 1000,
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
      "x": 30100,
      "y": 47889,
      "width": 24700,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Cả năm: kết quả học tập: "
      },
      {
       "face": "bold",
       "text": "{yearLearning}"
      }
     ],
     "size": 1000,
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
      "x": 4800,
      "y": 49589,
      "width": 50700,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Số buổi nghỉ học cả năm: "
      },
      {
       "face": "bold",
       "text": "{absences}"
      },
      {
       "face": "regular",
       "text": ", trong đó không phép: "
      },
      {
       "face": "bold",
       "text": "{absentUnpermitted}"
      }
     ],
     "size": 1000,
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
      "x": 4800,
      "y": 51289,
      "width": 50700,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Kết quả cuối năm: "
      },
      {
       "face": "bold",
       "text": "{promotion}"
      }
     ],
     "size": 1000,
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
      "x": 4800,
      "y": 52989,
      "width": 50700,
      "height": 1600
     },
     "runs": [
      {
       "face": "regular",
       "text": "Khen thưởng: "
      },
      {
       "face": "bold",
       "text": "{honour}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "honour"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 54989,
      "width": 50700,
      "height": 6200
     },
     "runs": [
      {
       "face": "bold",
       "text": "Nhận xét của giáo viên chủ nhiệm: "
      },
      {
       "face": "regular",
       "text": "{homeroomRemark}"
      }
     ],
     "size": 950,
     "minSize": 550,
     "align": "left",
     "verticalAlign": "top",
     "border": true,
     "padding": 500,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 61489,
      "width": 50700,
      "height": 2000
     },
     "runs": [
      {
       "face": "italic",
       "text": "{corrections}"
      }
     ],
     "size": 850,
     "minSize": 500,
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
      "y": 63689,
      "width": 50700,
      "height": 1400
     },
     "runs": [
      {
       "face": "regular",
       "text": "{slipNote}"
      }
     ],
     "size": 900,
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
      "x": 4800,
      "y": 66789,
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
      "x": 34900,
      "y": 65389,
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
      "x": 37900,
      "y": 66789,
      "width": 17600,
      "height": 1400
     },
     "runs": [
      {
       "face": "bold",
       "text": "LÃNH ĐẠO NHÀ TRƯỜNG"
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
      "y": 76789,
      "width": 50700,
      "height": 0
     },
     "lineWidth": 50,
     "color": "black"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 77189,
      "width": 45100,
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
      "y": 78389,
      "width": 45100,
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
      "y": 79589,
      "width": 39100,
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
      "y": 79589,
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
      "x": 51100,
      "y": 77189,
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
   "page": 0,
   "box": {
    "x": 4800,
    "y": 68389,
    "width": 17600,
    "height": 7600
   },
   "room": 8192,
   "style": "person"
  },
  {
   "role": "vice-principal",
   "page": 0,
   "box": {
    "x": 37900,
    "y": 68389,
    "width": 17600,
    "height": 7600
   },
   "room": 8192,
   "style": "person"
  },
  {
   "role": "seal",
   "page": 0,
   "room": 16384,
   "style": "seal",
   "box": {
    "x": 24100,
    "y": 68389,
    "width": 12800,
    "height": 7600
   },
   "pictured": {
    "x": 23900,
    "y": 65789,
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
