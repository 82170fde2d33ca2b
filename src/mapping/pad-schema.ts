import {z} from 'zod';

const sevenBit = z.int().min(0).max(127);
const hexColour = z
  .string()
  .regex(/^[0-9A-Fa-f]{6}$/)
  .describe('A colour as RRGGBB in hex.');

/** How the colours of pads travel. */
export const padColourSchema = z.strictObject({
  palette: z
    .union([z.array(hexColour).min(2).max(128), z.record(z.string().regex(/^\d{1,3}$/), hexColour)])
    .optional()
    .describe(
      'The colours of the device itself: a list from value 0 on, or value → colour: {"0": "000000", "5": "FF0000"}. The nearest is sent as velocity or value.',
    ),
  messages: z
    .array(z.string().max(300))
    .min(1)
    .max(4)
    .optional()
    .describe(
      'Whole MIDI messages in hex with {number}, {red}, {green} and {blue} in place of bytes: ["F0 7D {number} {red} {green} {blue} F7"]. With a palette: {value} for its number, {brightness} for how bright it is.',
    ),
  offsets: z
    .record(z.string().regex(/^\d{1,3}$/), hexColour)
    .optional()
    .describe(
      'Lamps of several colours at numbers of their own: what is added to the number → colour, {"0": "FF0000", "36": "FFA000"}. On is 127, off is 0 at the first.',
    ),
  brightness: z
    .tuple([sevenBit, sevenBit])
    .optional()
    .describe('Values of {brightness} for dark and for bright. Default [0, 127].'),
  full: sevenBit.min(1).optional().describe('With messages: the value of a part that is fully lit. Default 127.'),
});
/** How colours of pads are written. */
export type PadColourFile = z.infer<typeof padColourSchema>;

/** Columns of pads that stand for levels. */
export const columnsSchema = z.strictObject({
  rows: z.int().min(2).max(16).describe('Pads of one column.'),
  cc: sevenBit.optional().describe('Control change number of the lowest pad of the first strip.'),
  note: sevenBit.optional().describe('Note number of the lowest pad of the first strip.'),
  channel: z.int().min(1).max(16).optional().describe('MIDI channel. Default 1.'),
  step: z.int().min(-64).max(64).optional().describe('How far the number counts from strip to strip. Default 1.'),
  rowStep: z.int().min(-64).max(64).describe('How far the number counts from a pad to the one above it.'),
});
/** Columns of pads as they are written. */
export type ColumnsFile = z.infer<typeof columnsSchema>;
