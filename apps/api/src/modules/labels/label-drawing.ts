import bwip from 'bwip-js/node';
import { PNG } from 'pngjs';
import { crc32 } from 'node:zlib';

const { FontLib } = bwip;

/** A QR code (ISO/IEC 18004, error correction M) as its modules: row by row, true is dark. */
export interface CodeSymbol {
  /** Modules on a side, without the quiet zone. */
  readonly modules: number;
  readonly dark: readonly boolean[];
}

export interface Drawing {
  readonly symbol: CodeSymbol;
  /** Lines under the code; none for the bare code. */
  readonly lines: readonly string[];
}

/** Light modules on each side (ISO/IEC 18004, 9.1). */
export const QUIET_ZONE_MODULES = 4;
/** Height of a line of text with its lead, and of its capitals, in modules. */
const LINE_MODULES = 4;
const FONT_MODULES = 3.2;
const MM_PER_INCH = 25.4;
/** OCR-B, the typeface of GS1 labels, comes with the library. */
const FONT = 'OCR-B';

export function symbolOf(text: string): CodeSymbol {
  const [code] = bwip.raw('qrcode', text, { eclevel: 'M' } as never) as unknown as [{ pixs: number[]; pixx: number }];
  return { modules: code.pixx, dark: code.pixs.map((pixel) => pixel === 1) };
}

/** Modules across the whole label, quiet zones included. */
export const widthModules = ({ modules }: CodeSymbol) => modules + 2 * QUIET_ZONE_MODULES;

export const heightModules = ({ symbol, lines }: Drawing) =>
  widthModules(symbol) + (lines.length === 0 ? 0 : lines.length * LINE_MODULES);

/** Height of the letters so that the longest line fits between the quiet zones' outer edges. */
function fontModules({ symbol, lines }: Drawing): number {
  const id = FontLib.lookup(FONT);
  const widest = Math.max(...lines.map((line) => [...line].reduce((sum, one) => sum + advance(id, one, 100), 0))) / 100;
  return Math.min(FONT_MODULES, (widthModules(symbol) - 2) / widest);
}

const glyphOf = (character: string) => character.codePointAt(0) ?? 0;
const advance = (font: number, character: string, size: number) =>
  FontLib.getpaths(font, glyphOf(character), size, size)?.advance ?? 0;

/** The label as SVG, `moduleMm` millimetres a module; letters are outlines, so that no font is needed. */
export function drawSvg(drawing: Drawing, moduleMm: number, title: string): string {
  const { symbol, lines } = drawing;
  const [width, height] = [widthModules(symbol), heightModules(drawing)];
  let code = '';
  for (let y = 0; y < symbol.modules; y++)
    for (let x = 0; x < symbol.modules;) {
      let end = x;
      while (end < symbol.modules && symbol.dark[y * symbol.modules + end] === true) end++;
      if (end > x) code += `M${x + QUIET_ZONE_MODULES} ${y + QUIET_ZONE_MODULES}h${end - x}v1h${x - end}z`;
      x = Math.max(end, x + 1);
    }
  const size = lines.length === 0 ? 0 : fontModules(drawing);
  const text = lines.map((line, i) => outlines(line, size, width, baseline(symbol, i))).join('');
  const mm = (modules: number) => Number((modules * moduleMm).toFixed(3));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${mm(width)}mm" height="${mm(height)}mm" viewBox="0 0 ${width} ${height}" role="img"><title>${escapeXml(title)}</title><path fill="#fff" d="M0 0h${width}v${height}h${-width}z"/><path fill="#000" shape-rendering="crispEdges" d="${code}"/>${text === '' ? '' : `<path fill="#000" d="${text}"/>`}</svg>`;
}

const baseline = (symbol: CodeSymbol, line: number) => widthModules(symbol) + line * LINE_MODULES + FONT_MODULES - 0.6;

function outlines(line: string, size: number, width: number, y: number): string {
  const font = FontLib.lookup(FONT);
  // Outlines at a hundredfold, so that rounding does not show.
  const grid = 100;
  const characters = [...line];
  const total = characters.reduce((sum, one) => sum + advance(font, one, grid), 0);
  let x = (width - (total / grid) * size) / 2;
  let path = '';
  const at = (px: number, py: number) =>
    `${(x + (px / grid) * size).toFixed(2)} ${(y - (py / grid) * size).toFixed(2)}`;
  for (const character of characters) {
    const glyph = FontLib.getpaths(font, glyphOf(character), grid, grid);
    if (glyph === null || glyph === undefined) continue;
    let open = false;
    for (const step of glyph)
      switch (step.type) {
        case 'M':
          path += `${open ? 'z' : ''}M${at(step.x, step.y)}`;
          open = true;
          break;
        case 'L':
          path += `L${at(step.x, step.y)}`;
          break;
        case 'Q':
          path += `Q${at(step.cx, step.cy)} ${at(step.x, step.y)}`;
          break;
        case 'C':
          path += `C${at(step.cx1, step.cy1)} ${at(step.cx2, step.cy2)} ${at(step.x, step.y)}`;
          break;
      }
    if (open) path += 'z';
    x += (glyph.advance / grid) * size;
  }
  return path;
}

const escapeXml = (text: string) => text.replace(/[<>&"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

/** The label as PNG, `pixels` a module, with its resolution in dots per inch, so that it prints at its true size. */
export function drawPng(drawing: Drawing, pixels: number, dpi: number): Buffer {
  const { symbol, lines } = drawing;
  const width = widthModules(symbol) * pixels;
  const height = heightModules(drawing) * pixels;
  const png = new PNG({ width, height, colorType: 0, inputColorType: 0, inputHasAlpha: false });
  const grey = Buffer.alloc(width * height, 255);
  for (const [i, dark] of symbol.dark.entries()) {
    if (!dark) continue;
    const x = ((i % symbol.modules) + QUIET_ZONE_MODULES) * pixels;
    const y = (Math.floor(i / symbol.modules) + QUIET_ZONE_MODULES) * pixels;
    for (let row = y; row < y + pixels; row++) grey.fill(0, row * width + x, row * width + x + pixels);
  }
  const size = lines.length === 0 ? 0 : Math.max(1, Math.floor(fontModules(drawing) * pixels));
  for (const [i, line] of lines.entries()) print(grey, width, line, size, Math.round(baseline(symbol, i) * pixels));
  png.data = grey;
  return withResolution(PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false }), dpi);
}

/** Letters as shades of grey, centred, standing on row `y`. */
function print(grey: Buffer, width: number, line: string, size: number, y: number): void {
  const font = FontLib.lookup(FONT);
  const glyphs = [...line].map((character) => FontLib.getglyph(font, glyphOf(character), size, size));
  let x = Math.round((width - glyphs.reduce((sum, glyph) => sum + glyph.advance, 0)) / 2);
  for (const glyph of glyphs) {
    for (let row = 0; row < glyph.height; row++)
      for (let column = 0; column < glyph.width; column++) {
        const at = (y - glyph.top + row) * width + x + glyph.left + column;
        const ink = glyph.bytes[row * glyph.width + column] ?? 0;
        if (at >= 0 && at < grey.length) grey[at] = Math.min(grey[at] ?? 255, 255 - ink);
      }
    x += glyph.advance;
  }
}

/** Puts the chunk pHYs (PNG, 11.3.5.3: pixels a metre) behind the header chunk, which ends at byte 33. */
function withResolution(png: Buffer, dpi: number): Buffer {
  const HEADER_END = 33;
  const content = Buffer.alloc(13);
  content.write('pHYs', 0, 'latin1');
  const perMetre = Math.round(dpi / (MM_PER_INCH / 1000));
  content.writeUInt32BE(perMetre, 4);
  content.writeUInt32BE(perMetre, 8);
  content.writeUInt8(1, 12);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(9);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([png.subarray(0, HEADER_END), frame, content, sum, png.subarray(HEADER_END)]);
}
