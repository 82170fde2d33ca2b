import {z} from 'zod';
import {controlPatterns, globalButtonNames, lightNames, stripButtonNames} from './control-names.ts';

/**
 * What a surface file may say. Fields are optional because a file may extend another; what the merged file must have
 * is `requiredFields`, and what its values must agree on is `checkSurface`.
 */
const sevenBit = z.int().min(0).max(127);
const channel = z.int().min(1).max(16);
const messages = z.array(z.string().max(3000)).max(32);
const sentences = z.array(z.string().min(1).max(500)).max(40);

const addressSchema = z
  .strictObject({
    cc: z
      .union([sevenBit, z.array(sevenBit)])
      .optional()
      .describe(
        'Control change number of the first strip (the next strips count up), or a list with one number a strip.',
      ),
    note: z
      .union([sevenBit, z.array(sevenBit)])
      .optional()
      .describe('Note number of the first strip (the next strips count up), or a list with one number a strip.'),
    channel: z
      .union([channel, z.array(channel)])
      .optional()
      .describe(
        'MIDI channel 1…16, or a list with one a strip. Without it controls listen on every channel, lamps use 1.',
      ),
    step: z.int().min(-16).max(16).optional().describe('How far the number counts up from strip to strip. Default 1.'),
    on: sevenBit
      .optional()
      .describe('Value when pressed or lit; of an encoder, one step clockwise. Default 127, encoders 1.'),
    off: sevenBit
      .optional()
      .describe('Value when released or dark; of an encoder, one step back. Default 0, encoders 65.'),
  })
  .describe('Where a control or lamp lives on the wire: either cc or note.');
export type AddressFile = z.infer<typeof addressSchema>;

const addresses = z.strictObject(
  Object.fromEntries(
    controlPatterns.map((pattern) => [pattern, addressSchema.optional().describe(sayControl(pattern))]),
  ),
);

const handshakeSchema = z.strictObject({
  kind: z
    .enum(['none', 'answer', 'challenge'])
    .optional()
    .describe(
      'none: speaks at once. answer: queried, and answered if it asks. challenge: silent until it was answered. Default none.',
    ),
  deviceId: sevenBit
    .optional()
    .describe('Device id byte of its SysEx messages. Default 20 (hex 14), extenders 21 (hex 15).'),
});

const fadersSchema = z.strictObject({
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
      'Wire value of the top of the travel; what lies above counts as the top. Default 16383, plain dialect 127.',
    ),
  stepValue: z
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe('Smaller steps than this are not sent to the motor. Default 16, plain dialect 1.'),
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

const encodersSchema = z.strictObject({
  push: z.boolean().optional().describe('Whether they can be pushed. Default false.'),
  ring: z
    .enum(['none', 'dot', 'full'])
    .optional()
    .describe('Lamps around them: none, a single dot only, or every way of drawing. Default none.'),
});

const buttonsSchema = z.strictObject({
  strip: z.array(z.enum(stripButtonNames)).optional().describe('Buttons on every strip.'),
  global: z.array(z.enum(globalButtonNames)).optional().describe('Buttons that the unit has once.'),
});

const displaySchema = z.strictObject({
  cells: z
    .int()
    .min(1)
    .max(16)
    .optional()
    .describe(
      'Characters that show on one line of one strip: 7 on separate scribble strips, 6 where strips share a display. Default 7.',
    ),
  colours: z
    .enum(['none', 'rgb-bits', 'rgb-bytes'])
    .optional()
    .describe('How strip colours travel: one of eight colours in a byte, or three bytes a strip. Default none.'),
});

const digitsSchema = z.strictObject({
  time: z.int().min(0).max(10).optional().describe('Digits of the time display. Default 0.'),
  assignment: z.int().min(0).max(2).optional().describe('Digits of the assignment display. Default 0.'),
});

const metersSchema = z.strictObject({
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

/** The file of a surface, as it is written. */
export const surfaceSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find this schema: "../surface.schema.json".'),
    extends: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/)
      .optional()
      .describe(
        'Another surface file (its name without .json) whose fields hold wherever this file says nothing; name, ports and tested are always its own.',
      ),
    name: z.string().min(1).max(60).optional().describe('What people call the product.'),
    maker: z.string().min(1).max(60).optional().describe('Who makes it.'),
    dialect: z
      .enum(['mackie', 'plain'])
      .optional()
      .describe(
        'mackie: the Mackie Control protocol, controls known by name. plain: ordinary MIDI notes and controllers, listed under controls.',
      ),
    ports: z
      .array(z.string().min(1).max(120))
      .max(12)
      .optional()
      .describe(
        "Regular expressions, ignoring case, on the MIDI port's name without client and port numbers; empty for a file that is only extended.",
      ),
    unit: z
      .enum(['main', 'extender'])
      .optional()
      .describe('A main unit carries transport and master; extenders only add strips.'),
    strips: z.int().min(1).max(32).optional().describe('Channel strips of one unit.'),
    handshake: handshakeSchema.optional().describe('How the device says hello.'),
    faders: fadersSchema.optional().describe('What its faders can do.'),
    encoders: encodersSchema
      .nullable()
      .optional()
      .describe('Endless encoders, one a strip; null for none. Mackie dialect.'),
    jog: z.boolean().optional().describe('Whether it has a jog wheel. Mackie dialect. Default false.'),
    buttons: buttonsSchema.optional().describe('Its buttons. Mackie dialect.'),
    lights: z
      .array(z.enum(lightNames))
      .optional()
      .describe(
        'Lamps without a button. Mackie dialect. Default: all three on main units with a time display, else none.',
      ),
    display: displaySchema
      .nullable()
      .optional()
      .describe('Scribble strips or a shared display of two lines; null for none. Mackie dialect.'),
    digits: digitsSchema.nullable().optional().describe('Segment displays; null for none. Mackie dialect.'),
    meters: metersSchema.nullable().optional().describe('Level meters, one a strip; null for none. Mackie dialect.'),
    controls: addresses
      .optional()
      .describe('Plain dialect: where each control lives. "fader.*" means the faders of all strips.'),
    lamps: addresses.optional().describe('Plain dialect: where the lamp of a button lives, if it has one that obeys.'),
    pace: z
      .strictObject({
        bytesPerSecond: z.int().min(100).max(1000000).optional().describe('Default 1875, which is 60 % of a DIN line.'),
      })
      .optional()
      .describe('How fast the device swallows bytes.'),
    greeting: messages.optional().describe('Whole MIDI messages in hex, sent after opening: "F0 42 40 … F7".'),
    farewell: messages.optional().describe('Whole MIDI messages in hex, sent before closing.'),
    setUp: sentences.optional().describe('What to do on the device itself, step by step.'),
    notes: sentences
      .optional()
      .describe('Quirks and what is not sure: [2] two sources agree, [1] one source, [S] not looked up.'),
    tested: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('With which hardware and firmware this was tried, or that it was not.'),
  })
  .describe('What a control surface is and can do.');
export type SurfaceFile = z.infer<typeof surfaceSchema>;

/** What a surface must say, itself or through the file it extends. */
export const requiredFields = ['name', 'maker', 'dialect', 'ports', 'unit', 'strips', 'faders', 'tested'] as const;

/** What a file never takes over from the one it extends. */
export const ownFields = ['$schema', 'extends', 'name', 'ports', 'tested'] as const;

function sayControl(pattern: string): string {
  if (pattern.endsWith('.*')) return `The ${pattern.slice(0, -2)} of every strip.`;
  return pattern === 'fader.master' ? 'The master fader.' : `The control "${pattern}".`;
}
