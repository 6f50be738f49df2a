/**
 * A released template: where everything stands on the pages of a form. Pure data; its hash is pinned in J, and no
 * released template ever changes. Lengths are hundredths of a point, y counts down from the top edge of the page.
 */

/** A face of the template's font. */
export type Face = 'regular' | 'bold' | 'italic';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Text in one face. `{key}` stands for the view's string of that name (see the form's view). */
export interface Run {
  readonly face: Face;
  readonly text: string;
  /** Red and crossed out, as a corrected value on paper. */
  readonly struck?: true;
}

export type Align = 'left' | 'center' | 'right';
export type VerticalAlign = 'top' | 'middle' | 'bottom';

/** How text is set: as large as `size` and, where it would not fit, down to `minSize` (hundredths of a point). */
export interface Setting {
  readonly size: number;
  readonly minSize: number;
  readonly align: Align;
  readonly verticalAlign: VerticalAlign;
}

/** Wrapped text in a box, with a border when asked for. */
export interface TextElement extends Setting {
  readonly kind: 'text';
  readonly box: Box;
  readonly runs: readonly Run[];
  readonly border: boolean;
  /** Space kept free at the left and right edge. */
  readonly padding: number;
  readonly color: Color;
  /** Drawn only when the view's string of this name is not empty. */
  readonly when?: string;
  /** What it is to the page for those who listen to it; left out: a paragraph. */
  readonly tag?: 'H1' | 'H2' | 'TH';
}

export type Color = 'black' | 'grey' | 'red';

export interface RuleElement {
  readonly kind: 'rule';
  readonly box: Box;
  readonly lineWidth: number;
  readonly color: Color;
}

export interface Column extends Setting {
  readonly width: number;
  readonly face: Face;
  /** Face of a cell's tail (a name after a remark), set at the right. */
  readonly tailFace: Face;
  /** The column stands as often as the view's count of this name says; the width is that of all of them together. */
  readonly times?: string;
  /** In a head: from the bottom to the top. */
  readonly upward?: true;
}

/**
 * As many rows as the view has, but `minRows` at least. They share the height of the box: first what each needs, then
 * the rest evenly, though no row grows beyond `maxRowHeight` for that.
 */
export interface TableElement {
  readonly kind: 'table';
  readonly box: Box;
  readonly rows: string;
  readonly columns: readonly Column[];
  readonly padding: number;
  readonly minRows: number;
  readonly maxRowHeight: number;
}

/** One row of headings over a table, from the first row of the view's table `labels`; as high as its box. */
export interface HeadElement {
  readonly kind: 'head';
  readonly box: Box;
  readonly labels: string;
  readonly columns: readonly Column[];
  readonly padding: number;
}

/** The QR code of the verifier's address; left out when J names none. */
export interface QrElement {
  readonly kind: 'qr';
  readonly box: Box;
}

/** A picture that J names for this place, as large as the box allows in its own proportions; else nothing. */
export interface ImageElement {
  readonly kind: 'image';
  readonly place: 'logo';
  readonly box: Box;
}

export type Element = ImageElement | TextElement | RuleElement | TableElement | HeadElement | QrElement;

export interface Page {
  /** For the outline; may hold `{key}` as a run does. */
  readonly title: string;
  /** The page is made once for each of the view's parts of this name, with the strings and tables of the part. */
  readonly each?: string;
  /** As many pages as a table needs when each takes at most `perPage` of its rows; one where it has none. */
  readonly split?: { readonly rows: string; readonly perPage: number };
  readonly elements: readonly Element[];
  /** Where the one link to the verifier lies, on one page at most. */
  readonly link?: Box;
}

/** The field that signature i of the route fills. */
export interface SignaturePlace {
  readonly role: string;
  /** Page of the template; of one that is made several times the last. */
  readonly page: number;
  readonly box: Box;
  /** The field's own box where J names a picture for this role: true size for a seal, over a part of the signature beside it. */
  readonly pictured?: Box;
  /** Bytes of DER that /Contents has room for. */
  readonly room: number;
  readonly style: 'person' | 'seal';
}

export type ViewName =
  | 'hoc-ba-thcs-1'
  | 'hoc-ba-th-1'
  | 'phieu-trung-hoc-hk-1'
  | 'phieu-trung-hoc-cn-1'
  | 'phieu-th-1'
  | 'bang-tong-hop-1'
  | 'bang-tong-hop-cn-1'
  | 'so-theo-doi-1';

export interface Template {
  readonly format: 1;
  readonly id: string;
  /** Which view of J the texts come from. */
  readonly view: ViewName;
  readonly width: number;
  readonly height: number;
  /** Font resource and the SHA-256 (hex) of its canonical JSON. */
  readonly font: { readonly id: string; readonly hash: string };
  readonly title: string;
  readonly pages: readonly Page[];
  readonly signatures: readonly SignaturePlace[];
}

/** One face, cut to the fixed set of characters. Widths in thousandths of an em. */
export interface FontFace {
  readonly postScriptName: string;
  readonly widths: readonly number[];
  readonly missingWidth: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly italicAngle: number;
  readonly stemV: number;
  readonly flags: number;
  readonly box: readonly [number, number, number, number];
  /** TrueType file, deflated (zlib), base64; its length before. */
  readonly file: string;
  readonly fileLength: number;
}

/** A font cut to `characters`: character i has CID i + 1 in every face; CID 0 is "not defined". */
export interface FontResource {
  readonly format: 1;
  readonly id: string;
  readonly characters: string;
  readonly faces: { readonly [F in Face]: FontFace };
}

/** A template with its font, as the registry hands it out. `hash` is what J pins. */
export interface LoadedTemplate {
  readonly template: Template;
  readonly hash: string;
  readonly font: FontResource;
}
