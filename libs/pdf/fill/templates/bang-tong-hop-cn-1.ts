/** Made by libs/pdf/src/build-templates.ts; released, and therefore never changed. */
import type { Template } from '../template.js';

export const hash = 'e51dbff5fb521860689e49b3cd0e342c9a9563d01d0128a8cdc1b2c7f9711629';

export const template: Template = {
 "format": 1,
 "id": "bang-tong-hop-cn-1",
 "view": "bang-tong-hop-cn-1",
 "width": 119055,
 "height": 84189,
 "title": "Bảng tổng hợp kết quả đánh giá giáo dục của lớp {className} – năm học {schoolYear}",
 "pages": [
  {
   "title": "Bảng tổng hợp – trang {page}",
   "link": {
    "x": 4800,
    "y": 78389,
    "width": 104600,
    "height": 1100
   },
   "split": {
    "rows": "pupils",
    "perPage": 25
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
      "width": 33000,
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
      "width": 33000,
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
      "width": 33000,
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
      "width": 33000,
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
      "width": 28600,
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
      "width": 28600,
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
      "width": 28600,
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
      "width": 28600,
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
      "x": 37800,
      "y": 3000,
      "width": 77200,
      "height": 2000
     },
     "runs": [
      {
       "face": "bold",
       "text": "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC CỦA LỚP"
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
      "x": 37800,
      "y": 5000,
      "width": 77200,
      "height": 1600
     },
     "runs": [
      {
       "face": "bold",
       "text": "{summaryTitle} ({forms}) – NĂM HỌC {schoolYear}"
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
      "width": 16000,
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
      "x": 21800,
      "y": 8000,
      "width": 38000,
      "height": 1800
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
      "x": 60800,
      "y": 8000,
      "width": 54200,
      "height": 1800
     },
     "runs": [
      {
       "face": "regular",
       "text": "Số học sinh: {pupilCount}, trong đó nữ: {girlCount}. T, H, C: Hoàn thành tốt, Hoàn thành, Chưa hoàn thành; T, Đ, C: Tốt, Đạt, Cần cố gắng."
      }
     ],
     "size": 900,
     "minSize": 600,
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
      "y": 10400,
      "width": 27200,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Học sinh"
      }
     ],
     "size": 850,
     "minSize": 500,
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
      "x": 32000,
      "y": 10400,
      "width": 33500,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Môn học và hoạt động giáo dục"
      }
     ],
     "size": 850,
     "minSize": 500,
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
      "x": 65500,
      "y": 10400,
      "width": 8500,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Phẩm chất chủ yếu"
      }
     ],
     "size": 850,
     "minSize": 500,
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
      "x": 74000,
      "y": 10400,
      "width": 5100,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Năng lực chung"
      }
     ],
     "size": 850,
     "minSize": 500,
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
      "x": 79100,
      "y": 10400,
      "width": 11900,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Năng lực đặc thù"
      }
     ],
     "size": 850,
     "minSize": 500,
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
      "x": 91000,
      "y": 10400,
      "width": 19600,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": "Cuối năm học"
      }
     ],
     "size": 850,
     "minSize": 500,
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
      "x": 110600,
      "y": 10400,
      "width": 4400,
      "height": 1800
     },
     "runs": [
      {
       "face": "bold",
       "text": ""
      }
     ],
     "size": 850,
     "minSize": 500,
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
      "x": 4800,
      "y": 12200,
      "width": 110200,
      "height": 11800
     },
     "labels": "heads",
     "columns": [
      {
       "width": 2400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 13600,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 5400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 1800,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 4000,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 33500,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true,
       "times": "subjects"
      },
      {
       "width": 8500,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true,
       "times": "qualities"
      },
      {
       "width": 5100,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true,
       "times": "general"
      },
      {
       "width": 11900,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true,
       "times": "specific"
      },
      {
       "width": 5600,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 5600,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 8400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 4400,
       "face": "bold",
       "tailFace": "italic",
       "size": 800,
       "minSize": 450,
       "align": "left",
       "verticalAlign": "middle"
      }
     ],
     "padding": 200
    },
    {
     "kind": "table",
     "box": {
      "x": 4800,
      "y": 24000,
      "width": 110200,
      "height": 40589
     },
     "rows": "pupils",
     "columns": [
      {
       "width": 2400,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 13600,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 600,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 5400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 600,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 1800,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 4000,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "center",
       "verticalAlign": "middle"
      },
      {
       "width": 33500,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true,
       "times": "subjects"
      },
      {
       "width": 8500,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true,
       "times": "qualities"
      },
      {
       "width": 5100,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true,
       "times": "general"
      },
      {
       "width": 11900,
       "face": "regular",
       "tailFace": "italic",
       "size": 900,
       "minSize": 550,
       "align": "center",
       "verticalAlign": "middle",
       "upward": true,
       "times": "specific"
      },
      {
       "width": 5600,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 5600,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 8400,
       "face": "regular",
       "tailFace": "italic",
       "size": 850,
       "minSize": 500,
       "align": "left",
       "verticalAlign": "middle"
      },
      {
       "width": 4400,
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
     "maxRowHeight": 2000
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
     "color": "black",
     "when": "last"
    },
    {
     "kind": "text",
     "box": {
      "x": 94400,
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
     "color": "black",
     "when": "last"
    },
    {
     "kind": "text",
     "box": {
      "x": 97400,
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
     "color": "black",
     "when": "last"
    },
    {
     "kind": "text",
     "box": {
      "x": 4800,
      "y": 66789,
      "width": 110200,
      "height": 1400
     },
     "runs": [
      {
       "face": "regular",
       "text": "Chữ kí và con dấu ở trang cuối."
      }
     ],
     "size": 900,
     "minSize": 650,
     "align": "right",
     "verticalAlign": "middle",
     "border": false,
     "padding": 0,
     "color": "black",
     "when": "before"
    },
    {
     "kind": "rule",
     "box": {
      "x": 4800,
      "y": 76789,
      "width": 110200,
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
      "width": 104600,
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
      "width": 104600,
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
      "width": 98600,
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
      "x": 103400,
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
      "x": 110600,
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
    "x": 97400,
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
    "x": 83600,
    "y": 68389,
    "width": 12800,
    "height": 7600
   },
   "pictured": {
    "x": 83400,
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
