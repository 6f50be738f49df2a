/** The smallest files of each kind that evidence may be, and some that only say they are. */

/** One transparent pixel. */
export const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

export const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xd9);

export const PDF = new TextEncoder().encode('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

/** Name → content: none of them is taken, whatever it is called. */
export const REFUSED: Readonly<Record<string, Uint8Array>> = {
  'a page of HTML': new TextEncoder().encode('<html><script>alert(1)</script></html>'),
  'HTML before a PDF': new TextEncoder().encode('<script>alert(1)</script>%PDF-1.4\n%%EOF'),
  'an executable': Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0),
  'a zip archive': Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0),
  'an SVG with a script': new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
  'a PNG cut short': PNG.subarray(0, 40),
  'a PNG with a page behind it': Uint8Array.from([...PNG, ...new TextEncoder().encode('<script></script>')]),
  'a JPEG without its end': JPEG.subarray(0, 6),
  nothing: new Uint8Array(),
};
