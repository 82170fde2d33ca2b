import type {Rgb} from '../../model/pad.ts';
import type {Pixels} from '../../wire/pictures/pixels.ts';
import {glyphHeight, glyphOf, glyphWidth} from './font.ts';

/** A black picture. */
export function newCanvas(width: number, height: number): Pixels {
  return {width, height, rgb: new Uint8Array(3 * width * height)};
}

/** Fills a rectangle; what lies outside is left out. */
export function fillBox({width, height, rgb}: Pixels, box: Box, [red, green, blue]: Rgb): void {
  const right = Math.min(width, box.left + box.width);
  for (let y = Math.max(0, box.top); y < Math.min(height, box.top + box.height); y++)
    for (let x = Math.max(0, box.left); x < right; x++) {
      const at = 3 * (y * width + x);
      rgb[at] = red;
      rgb[at + 1] = green;
      rgb[at + 2] = blue;
    }
}

/** In pixels, from the upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Writes a line of text, each cell of its characters so many pixels wide and high. */
export function writeText(canvas: Pixels, text: string, left: number, top: number, cell: number, colour: Rgb): void {
  for (const [index, character] of [...text].entries()) {
    const from = left + index * characterPitch(cell);
    for (const [row, cells] of glyphOf(character).entries())
      for (let column = 0; column < glyphWidth; column++) {
        if (cells[column] !== '#') continue;
        fillBox(canvas, {left: from + column * cell, top: top + row * cell, width: cell, height: cell}, colour);
      }
  }
}

/** From one character to the next, in pixels: between large ones less than a cell is enough. */
export function characterPitch(cell: number): number {
  return glyphWidth * cell + Math.max(1, cell - 1);
}

/** How wide a text is, and how high a line. */
export function textWidth(characters: number, cell: number): number {
  return Math.max(0, characters * characterPitch(cell) - Math.max(1, cell - 1));
}
export function lineHeight(cell: number): number {
  return glyphHeight * cell;
}
