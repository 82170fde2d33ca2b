import {z} from 'zod';
import {controlPatterns} from './control-names.ts';

const sevenBit = z.int().min(0).max(127);
const channel = z.int().min(1).max(16);
const parameterNumber = z.int().min(0).max(16_383);

/** The number of the first strip or one a strip. */
function numbered(number: z.ZodInt) {
  return z.union([number, z.array(number.nullable())]).optional();
}

const perStrip =
  'of the first strip (the next strips count up), or a list with one a strip, null where a strip has none.';

/** The customs of endless encoders, as files name them. */
const relativeNames = [
  'twos-complement',
  'sign-magnitude',
  'inverted-sign-magnitude',
  'offset-64',
  'offset-16',
  'inc-dec',
  'auto',
] as const;

const place = {
  cc: numbered(sevenBit).describe(`Control change number ${perStrip}`),
  note: numbered(sevenBit).describe(`Note number ${perStrip}`),
  cc14: numbered(z.int().min(0).max(31)).describe(
    `Fourteen bits in two controllers: the number of the coarse one, 0…31, ${perStrip} The fine one is 32 above.`,
  ),
  nrpn: numbered(parameterNumber).describe(`Non-registered parameter number, 0…16383, ${perStrip}`),
  rpn: numbered(parameterNumber).describe(`Registered parameter number, 0…16383, ${perStrip}`),
  bend: numbered(channel).describe(`Pitch bend: the channel, 1…16, ${perStrip}`),
  poly: numbered(sevenBit).describe(`Polyphonic key pressure: the note number ${perStrip}`),
  pressure: numbered(channel).describe(`Channel pressure: the channel, 1…16, ${perStrip}`),
  program: numbered(sevenBit).describe(`Program change number ${perStrip} For keys; it has no release.`),
  channel: z
    .union([channel, z.array(channel)])
    .optional()
    .describe(
      'MIDI channel 1…16, or a list with one a strip. Without it controls listen on every channel, lamps use 1.',
    ),
  step: z
    .int()
    .min(-128)
    .max(128)
    .optional()
    .describe('How far the number (of bend and pressure the channel) counts up from strip to strip. Default 1.'),
} as const;

const placeSchema = z
  .strictObject(place)
  .meta({id: 'place', description: 'Where something lives on the wire: one of the messages and its number.'});

/** Where a control or lamp lives. */
export const addressSchema = z
  .strictObject({
    ...place,
    on: sevenBit
      .optional()
      .describe('Value when pressed or lit; of an encoder, one step clockwise. Default 127, encoders 1.'),
    off: sevenBit
      .optional()
      .describe('Value when released or dark; of an encoder, one step back. Default 0, encoders 65.'),
    relative: z
      .enum(relativeNames)
      .optional()
      .describe('The custom of an endless encoder, in place of on and off; auto finds it out while it is turned.'),
    top: z
      .int()
      .min(1)
      .max(16_383)
      .optional()
      .describe('Value of a fader or knob at the top of its travel, if it is not what faders.topValue says.'),
    reverse: z
      .boolean()
      .optional()
      .describe(
        'The values of a fader or knob fall as it goes up or to the right; 0 is then at the top of its travel, and top is the value at the bottom.',
      ),
    press: z
      .enum(['gate', 'toggle', 'trigger'])
      .optional()
      .describe(
        'gate: the key tells press and release. toggle: it sends on and off by turns. trigger: it only ever sends one message. Default gate, program changes trigger.',
      ),
    also: z
      .array(placeSchema)
      .max(8)
      .optional()
      .describe('Further places at which the control is heard, as in other layers of the device itself.'),
  })
  .meta({id: 'address', description: 'Where a control or lamp lives on the wire: one of the messages and its number.'});
/** Where a control or lamp lives, as it is written. */
export type AddressFile = z.infer<typeof addressSchema>;

const span = z.tuple([
  sevenBit.describe('Value of the first lamp, on the left.'),
  sevenBit.describe('Value of the last lamp, on the right.'),
]);
const styleValue = sevenBit.optional();

/** Where a ring of lamps lives, and what its values mean. */
const ringSchema = z
  .strictObject({
    ...place,
    dark: sevenBit.optional().describe('Value of a dark ring. Default 0.'),
    dot: span.optional().describe('Values that light one lamp, from left to right.'),
    'boost-cut': span.optional().describe('Values that light the ring from its centre to one side.'),
    wrap: span
      .optional()
      .describe('Values that fill the ring from the left. Default [0, 127] if no way of drawing is given.'),
    spread: span.optional().describe('Values that light it from its centre to both sides.'),
    centre: sevenBit.optional().describe('Added to a value while the small lamp is lit. Default 0: it has none.'),
    style: z
      .strictObject({
        ...place,
        dot: styleValue.describe('Value for one lamp.'),
        'boost-cut': styleValue.describe('Value for one side from the centre.'),
        wrap: styleValue.describe('Value for filling from the left.'),
        spread: styleValue.describe('Value for both sides from the centre.'),
        dark: styleValue.describe(
          'Value for a dark ring, where darkness is chosen here and not by a value of the ring.',
        ),
      })
      .optional()
      .describe('Where the way of drawing is chosen, if not by the value itself.'),
  })
  .meta({id: 'ring', description: 'Where a ring of lamps lives, and its values.'});
/** A ring as it is written. */
export type RingFile = z.infer<typeof ringSchema>;

/** Addresses by the names of controls. */
export const addressesSchema = byControl(controlPatterns, addressSchema);
/** Rings by the names of their encoders. */
export const ringsSchema = byControl(['encoder.*', 'wheel.*'], ringSchema);

function byControl<Schema extends z.ZodType>(patterns: readonly string[], schema: Schema) {
  return z.strictObject(
    Object.fromEntries(patterns.map((pattern) => [pattern, schema.optional().describe(sayControl(pattern))])),
  );
}

function sayControl(pattern: string): string {
  if (pattern.endsWith('.*')) return `The ${pattern.slice(0, -2)} of every strip.`;
  return pattern === 'fader.master' ? 'The master fader.' : `The control "${pattern}".`;
}
