import {z} from 'zod';
import {controlPatterns} from './control-names.ts';

const fourDigits = z
  .string()
  .regex(/^[0-9a-f]{4}$/)
  .describe('Four lower-case hexadecimal digits.');
const byteAt = z.int().min(0).max(8191);
/** One number, or one a strip. */
const numbered = (number: z.ZodInt) => z.union([number, z.array(number.nullable()).min(1).max(32)]);
const start = z
  .string()
  .max(200)
  .describe('How the report begins, in hex, with its number where it has one; ".." is any byte: "01 03 .. .. 01".');
const pixels = z.int().min(16).max(2048);

/** The USB devices that a surface is. */
export const hidSchema = z.strictObject({
  vendor: fourDigits,
  product: fourDigits,
  usagePage: fourDigits.optional().describe('Usage page of the interface, where the device has several.'),
});

const placeSchema = z
  .strictObject({
    start: start.optional(),
    at: numbered(byteAt).describe(
      'Byte in the report, from 0, counting its number where it has one; of "name.*" that of the first strip, or a list with one a strip, null where a strip has none.',
    ),
    as: z
      .enum(['button', 'code', 'counter', 'relative', 'spring', 'position'])
      .optional()
      .describe(
        'button: a bit. code: pressed while the byte has one value. counter: 8 bits that wrap. relative: signed steps since the last report. spring: signed, back at rest by itself. position: absolute. Default button.',
      ),
    bit: numbered(z.int().min(0).max(255))
      .optional()
      .describe('Of a button: bits count on from the lowest of the byte; or a list with one a strip. Default 0.'),
    code: numbered(z.int().min(1).max(255))
      .optional()
      .describe('Of a code: the value of the byte; of "name.*" that of the first strip, or a list with one a strip.'),
    step: z.int().min(-64).max(64).optional().describe('How many bytes the next strip lies further. Default 1.'),
    bitStep: z
      .int()
      .min(-64)
      .max(64)
      .optional()
      .describe('How many bits the next strip lies further, in place of step.'),
    codeStep: z.int().min(-64).max(64).optional().describe('How much higher the next strip’s code is.'),
    bytes: z
      .union([z.literal(1), z.literal(2)])
      .optional()
      .describe('Of a spring or position; low byte first. Default 1.'),
    span: z
      .int()
      .min(1)
      .max(32767)
      .optional()
      .describe('Of a spring: its value at the end. Default 127, with two bytes 32767.'),
    dead: z.int().min(0).max(32767).optional().describe('Of a spring: values up to here are rest. Default 0.'),
    top: z
      .int()
      .min(1)
      .max(65535)
      .optional()
      .describe('Of a position: its highest value. Default 255, with two bytes 65535.'),
    bottom: z.int().min(0).max(65534).optional().describe('Of a position: its lowest value. Default 0.'),
    reverse: z.boolean().optional().describe('It counts the other way round.'),
  })
  .meta({id: 'reportPlace', description: 'Where a control lies in the reports of a device.'});
/** Where a control lies, as it is written. */
export type ReportPlaceFile = z.infer<typeof placeSchema>;

const template = z
  .string()
  .max(400)
  .describe('Bytes in hex, the number of the report first (00 where there is none), with {words} for what changes.');
const size = z.int().min(1).max(16384).optional().describe('Length of the report; it is filled up with zeros.');

const writtenSchema = z
  .strictObject({output: template.optional(), feature: template.optional(), size})
  .meta({id: 'writtenReport', description: 'A report to write: either output or feature.'});
/** A report to write, as it is written. */
export type WrittenReportFile = z.infer<typeof writtenSchema>;

const lampSchema = z.strictObject({
  output: template.optional(),
  feature: template.optional(),
  size,
  full: z
    .int()
    .min(1)
    .max(255)
    .optional()
    .describe('Value of {level}, {red}, {green}, {blue} when fully lit. Default 1.'),
});

const byControl = <Value extends z.ZodType>(value: Value) =>
  z.strictObject(
    Object.fromEntries(
      controlPatterns.map((pattern) => [pattern, value.optional().describe(`Of the control "${pattern}".`)]),
    ),
  );

const pictureSchema = z.strictObject({
  width: pixels.describe('As the eye sees it, in pixels.'),
  height: pixels.describe('The same, downwards.'),
  format: z.enum(['jpeg', 'bmp']).describe('What the device decodes.'),
  turn: z
    .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
    .optional()
    .describe('Turned clockwise by so many degrees before it is sent. Default 0.'),
  mirror: z.enum(['none', 'left-right', 'up-down']).optional().describe('Mirrored after it was turned. Default none.'),
  packet: template.describe('Head of each packet: {key}, {last}, {part-low}, {length-low}, {x-low}, {width-low} …'),
  size: z.int().min(64).max(16384).describe('Length of each packet.'),
  body: z
    .int()
    .min(32)
    .max(16384)
    .optional()
    .describe('Bytes of the picture in a packet. Default: what its head leaves.'),
  firstPart: z.int().min(0).max(1).optional().describe('Number of the first packet. Default 0.'),
  firstKey: z.int().min(0).max(1).optional().describe('Number of key 0 on the wire. Default 0.'),
  keys: byControl(
    z.strictObject({
      key: z
        .int()
        .min(0)
        .max(255)
        .describe('Number of the key as the device counts; of "name.*" that of the first strip.'),
      step: z.int().min(-32).max(32).optional().describe('How far the next strip’s key is. Default 1.'),
    }),
  )
    .optional()
    .describe('Which control is on which key.'),
  areas: z
    .partialRecord(
      z.enum([...controlPatterns, 'selected']),
      z.strictObject({
        x: z.int().min(0).max(4096).describe('Left edge in pixels; of "name.*" that of the first strip.'),
        y: z.int().min(0).max(4096).optional().describe('Upper edge. Default 0.'),
        step: z.int().min(0).max(4096).optional().describe('How far right the next strip’s area is. Default 0.'),
      }),
    )
    .optional()
    .describe('Areas of a display that belong to a control, or to the selected strip ("selected").'),
});
/** Pictures as they are written. */
export type PictureFile = z.infer<typeof pictureSchema>;

/** How a surface speaks in HID reports. */
export const reportsSchema = z.strictObject({
  controls: byControl(z.union([placeSchema, z.array(placeSchema).min(1).max(4)]))
    .optional()
    .describe(
      'Where each control lies in what the device says; of several places the first counts that fits the report.',
    ),
  lamps: byControl(lampSchema).optional().describe('What lights the lamp of a control.'),
  keyReport: z
    .strictObject({start: start.optional(), at: byteAt.describe('Byte of key 0.')})
    .optional()
    .describe('The report that tells which keys are pressed: one byte a key, from at on.'),
  pictures: z.array(pictureSchema).max(4).optional().describe('Keys and areas that are drawn.'),
  touch: z
    .strictObject({
      start: start.optional(),
      kindAt: byteAt.describe('Where its kind lies: 1 short, 2 long, 3 swipe.'),
      xAt: byteAt.describe('Where the column lies, 16 bits.'),
      endAt: byteAt.describe('Where the column lies at which a swipe ended, 16 bits.'),
      width: pixels.describe('Columns of all areas together.'),
      short: z
        .enum([...controlPatterns])
        .optional()
        .describe('What a short touch presses.'),
      long: z
        .enum([...controlPatterns])
        .optional()
        .describe('What a long touch presses.'),
      swipeLeft: z
        .enum([...controlPatterns])
        .optional()
        .describe('What a swipe to the left presses.'),
      swipeRight: z
        .enum([...controlPatterns])
        .optional()
        .describe('What a swipe to the right presses.'),
    })
    .optional()
    .describe('A touch strip, divided evenly among the strips.'),
  brightness: z.int().min(0).max(100).optional().describe('What {level} is in the greeting, in percent. Default 70.'),
  greeting: z.array(writtenSchema).max(16).optional().describe('Reports sent after opening.'),
  farewell: z.array(writtenSchema).max(16).optional().describe('Reports sent before closing.'),
});
/** How a surface speaks in HID reports, as it is written. */
export type ReportsFile = z.infer<typeof reportsSchema>;
