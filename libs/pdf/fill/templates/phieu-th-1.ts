/** Made by libs/pdf/src/build-templates.ts; released, and therefore never changed. */
import type { Template } from '../template.js';

export const hash = '35a62bc8975142968aca06e508e2763da472f96f94fef7f19993f72a742fe728';

export const template: Template = {
 "format": 1,
 "id": "phieu-th-1",
 "view": "phieu-th-1",
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
      "width": 14000,
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
      "x": 18800,
      "y": 12600,
      "width": 5200,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Mức đạt được"
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
      "x": 24000,
      "y": 12600,
      "width": 5200,
      "height": 3400
     },
     "runs": [
      {
       "face": "bold",
       "text": "Điểm KTĐK"
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
      "x": 29200,
      "y": 12600,
      "width": 26300,
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
      "height": 19389
     },
     "rows": "subjects",
     "columns": [
      {
       "width": 14000,
       "face": "regular",
       "tailFace": "italic",
       "size": 950,
       "minSize": 650,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 5200,
       "face": "bold",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 5200,
       "face": "bold",
       "tailFace": "italic",
       "size": 1000,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 26300,
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
      "y": 36189,
      "width": 16900,
      "height": 2000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Phẩm chất chủ yếu"
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
      "y": 38189,
      "width": 16900,
      "height": 12400
     },
     "rows": "qualities",
     "columns": [
      {
       "width": 13500,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 650,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 3400,
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
     "maxRowHeight": 1770
    },
    {
     "kind": "text",
     "box": {
      "x": 21700,
      "y": 36189,
      "width": 16900,
      "height": 2000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Năng lực chung"
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
      "x": 21700,
      "y": 38189,
      "width": 16900,
      "height": 12400
     },
     "rows": "general",
     "columns": [
      {
       "width": 13500,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 650,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 3400,
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
     "maxRowHeight": 1770
    },
    {
     "kind": "text",
     "box": {
      "x": 38600,
      "y": 36189,
      "width": 16900,
      "height": 2000
     },
     "runs": [
      {
       "face": "bold",
       "text": "Năng lực đặc thù"
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
      "x": 38600,
      "y": 38189,
      "width": 16900,
      "height": 12400
     },
     "rows": "specific",
     "columns": [
      {
       "width": 13500,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 650,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 3400,
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
     "maxRowHeight": 1770
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 51189,
      "width": 24700,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Đánh giá kết quả giáo dục: "
      },
      {
       "face": "bold",
       "text": "{yearResult}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "completion"
    },
    {
     "kind": "text",
     "box": {
      "x": 30100,
      "y": 51189,
      "width": 25400,
      "height": 1800
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
     "minSize": 500,
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
      "y": 52989,
      "width": 50700,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "{completion}"
      }
     ],
     "size": 1000,
     "minSize": 650,
     "align": "left",
     "verticalAlign": "top",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "completion"
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
       "text": "Phẩm chất: "
      },
      {
       "face": "regular",
       "text": "{qualitiesRemark}"
      },
      {
       "face": "bold",
       "text": " Năng lực: "
      },
      {
       "face": "regular",
       "text": "{competencesRemark}"
      }
     ],
     "size": 950,
     "minSize": 500,
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
