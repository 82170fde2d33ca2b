import {packReports} from '../../model/hid-report.ts';
import type {Cell} from '../../model/picture.ts';
import type {PicturePlace} from '../../model/report-traits.ts';
import {encodeBmp} from '../../wire/pictures/bmp.ts';
import {encodeJpeg} from '../../wire/pictures/jpeg.ts';
import {type Pixels, turned} from '../../wire/pictures/pixels.ts';
import {filledReport} from '../reports/template.ts';
import {drawKey} from './key-face.ts';

/** The packed reports that bring a cell to its place. */
export function pictureBytes(place: PicturePlace, cell: Extract<Cell, {type: 'key'}>): Uint8Array {
  const {traits} = place;
  const file = encodePicture(traits, turned(drawKey(traits.width, traits.height, cell), traits.turn, traits.mirror));
  return packPicture(place, file);
}

function encodePicture({format}: PicturePlace['traits'], pixels: Pixels): Uint8Array {
  return format === 'jpeg' ? encodeJpeg(pixels) : encodeBmp(pixels);
}

/** A picture's file in packets, each with its number, its length, and whether it is the last one. */
export function packPicture({traits, key, x, y}: PicturePlace, file: Uint8Array): Uint8Array {
  const {packet, body, firstPart, width, height} = traits;
  const count = Math.max(1, Math.ceil(file.length / body));
  return packReports(
    Array.from({length: count}, (_, index) => {
      const piece = file.subarray(index * body, (index + 1) * body);
      const part = firstPart + index;
      const values = {
        key,
        last: index === count - 1 ? 1 : 0,
        ...{'part-low': part & 0xff, 'part-high': part >> 8},
        ...{'length-low': piece.length & 0xff, 'length-high': piece.length >> 8},
        ...{'x-low': x & 0xff, 'x-high': x >> 8, 'y-low': y & 0xff, 'y-high': y >> 8},
        ...{
          'width-low': width & 0xff,
          'width-high': width >> 8,
          'height-low': height & 0xff,
          'height-high': height >> 8,
        },
      };
      return filledReport(packet, values, piece);
    }),
  );
}
