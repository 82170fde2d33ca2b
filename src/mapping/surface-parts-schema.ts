import {z} from 'zod';
import {addressSchema} from './address-schema.ts';
import {globalButtonNames, moreButtonNames, stripButtonNames} from './control-names.ts';

// The parts of a surface file. Every field is optional: a file may extend another, and defaults are filled in on expanding.
const sevenBit = z.int().min(0).max(127);

/** How a device says hello. */
export const handshakeSchema = z.strictObject({
  kind: z
    .enum(['none', 'answer', 'challenge', 'ping'])
    .optional()
    .describe(
      'none: speaks at once. answer: queried, and answered if it asks. challenge: silent until it was answered. ping: asked every second, and lost when it does not answer. Default none, hui dialect ping.',
    ),
  deviceId: sevenBit
    .optional()
    .describe('Device id byte of its SysEx messages. Default 20 (hex 14), extenders 21 (hex 15).'),
});

/** How a value comes to a fader without a motor that stands elsewhere. */
export const takeoverSchema = z.enum(['jump', 'pick-up', 'scaled', 'parallel', 'glide']);

/** What faders can do, and their scale. */
export const fadersSchema = z.strictObject({
  master: z.boolean().optional().describe('Whether there is a master fader beside the strips. Default false.'),
  motor: z.boolean().optional().describe('Whether the faders can be driven. Default false.'),
  touch: z
    .enum(['sensed', 'inferred'])
    .optional()
    .describe('sensed: the cap feels the hand. inferred: touched while it moves and settleMs after. Default inferred.'),
  settleMs: z
    .int()
    .min(20)
    .max(5000)
    .optional()
    .describe('How long after its last move an inferred touch lasts. Default 300.'),
  echo: z
    .boolean()
    .optional()
    .describe('Whether moves of the hand must be sent back, lest the servo pulls the fader home. Default false.'),
  topValue: z
    .int()
    .min(1)
    .max(16383)
    .optional()
    .describe(
      'Wire value of the top of the travel; what lies above counts as the top. Default 16383, plain dialect with messages of seven bits 127.',
    ),
  stepValue: z
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe('Smaller steps than this are not sent to the motor. Default 16, plain dialect 1.'),
  takeover: takeoverSchema
    .optional()
    .describe(
      'How a fader or knob without a motor that stands elsewhere takes its value over: jump at once, pick-up when the hand meets the value, scaled so that both reach the end together, parallel as far as the hand moves, glide a part of the way with every move. Default: as the layout says.',
    ),
  scale: z
    .array(
      z.tuple([
        z.number().min(0).max(1).describe('Position, 0 bottom … 1 top.'),
        z.number().min(-90).max(10).nullable().describe('Level in dB, null for silence.'),
      ]),
    )
    .min(3)
    .max(40)
    .optional()
    .describe(
      "The marks printed beside the faders, [position, dB] from bottom to top, the first [0, null]. Default: the desk's own law.",
    ),
});

/** Endless encoders and their rings. */
export const encodersSchema = z.strictObject({
  push: z.boolean().optional().describe('Whether they can be pushed. Default false.'),
  ring: z
    .enum(['none', 'dot', 'full'])
    .optional()
    .describe('Lamps around them: none, a single dot only, or every way of drawing. Default none.'),
});

/** Buttons by name. */
export const buttonsSchema = z.strictObject({
  strip: z.array(z.enum(stripButtonNames)).optional().describe('Buttons on every strip.'),
  global: z
    .array(z.enum([...globalButtonNames, ...moreButtonNames]))
    .optional()
    .describe('Buttons that the unit has once.'),
});

/** Text displays. */
export const displaySchema = z.strictObject({
  cells: z
    .int()
    .min(1)
    .max(16)
    .optional()
    .describe(
      'Characters that show on one line of one strip: 7 on separate scribble strips, 6 where strips share a display. Default 7, hui dialect 4.',
    ),
  main: z
    .boolean()
    .optional()
    .describe('Whether there is a large display of two lines of 40 characters as well. HUI dialect. Default false.'),
  colours: z
    .enum(['none', 'rgb-bits', 'rgb-bytes'])
    .optional()
    .describe('How strip colours travel: one of eight colours in a byte, or three bytes a strip. Default none.'),
  messages: z
    .array(z.string().max(300))
    .min(1)
    .max(4)
    .optional()
    .describe(
      'Plain dialect: whole MIDI messages in hex that bring a text to the display, with {top} and {bottom} in place of the lines and {strip} in place of the number of the strip, from 0; {strip+16} counts on.',
    ),
});

/** Segment displays. */
export const digitsSchema = z.strictObject({
  time: z.int().min(0).max(10).optional().describe('Digits of the time display. Default 0.'),
  assignment: z.int().min(0).max(2).optional().describe('Digits of the assignment display. Default 0.'),
});

/** Level meters. */
export const metersSchema = z.strictObject({
  at: addressSchema.optional().describe('Plain dialect: where the meters of the strips live.'),
  further: addressSchema
    .optional()
    .describe('Plain dialect: where those live that at leaves out; of program changes the number is the level.'),
  values: z
    .array(sevenBit)
    .min(3)
    .max(14)
    .optional()
    .describe('Plain dialect: the value of a dark meter, then one a step. Default: even shares of 127.'),
  steps: z.int().min(2).max(13).optional().describe('Lamps of one meter, without the overload lamp. Default 12.'),
  decayMsPerStep: z
    .int()
    .min(10)
    .max(2000)
    .nullable()
    .optional()
    .describe('How fast the device lets a level fall by itself, null if it holds what it was sent. Default 150.'),
  resendMs: z
    .int()
    .min(20)
    .max(5000)
    .optional()
    .describe('A level that stays is sent again after this time. Default 100.'),
  overload: z
    .boolean()
    .optional()
    .describe('Whether each meter has an overload lamp that stays until cleared. Default true.'),
  master: z.boolean().optional().describe('Whether there is a stereo pair of meters for the mix bus. Default false.'),
});
