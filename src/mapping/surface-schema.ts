import {z} from 'zod';
import {addressesSchema, ringsSchema} from './address-schema.ts';
import {controlPatterns, lightNames} from './control-names.ts';
import {columnsSchema, padColourSchema} from './pad-schema.ts';
import {hidSchema, reportsSchema} from './report-schema.ts';
import {
  buttonsSchema,
  digitsSchema,
  displaySchema,
  encodersSchema,
  fadersSchema,
  handshakeSchema,
  metersSchema,
} from './surface-parts-schema.ts';

const messages = z.array(z.string().max(3000)).max(160);
const sentences = z.array(z.string().min(1).max(500)).max(40);

/**
 * The file of a surface, as it is written. Fields are optional because a file may extend another; what the merged file
 * must have is `requiredFields`, and whether its values agree with each other is for `checkSurface`.
 */
export const surfaceSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find this schema: "../surface.schema.json".'),
    extends: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/)
      .optional()
      .describe(
        'Another surface file (its name without .json) whose fields hold wherever this file says nothing; name, ports, hid and tested are always its own.',
      ),
    name: z.string().min(1).max(60).optional().describe('What people call the product.'),
    maker: z.string().min(1).max(60).optional().describe('Who makes it.'),
    dialect: z
      .enum(['mackie', 'hui', 'plain', 'reports', 'image-keys'])
      .optional()
      .describe(
        'mackie: the Mackie Control protocol, controls known by name. hui: the HUI protocol, by name as well. plain: ordinary MIDI notes and controllers, listed under controls. reports: a HID device without pictures. image-keys: a HID device whose keys are drawn.',
      ),
    ports: z
      .array(z.string().min(1).max(120))
      .max(12)
      .optional()
      .describe(
        "Regular expressions, ignoring case, on the MIDI port's name without client and port numbers; empty for a file that is only extended.",
      ),
    hid: z
      .array(hidSchema)
      .max(24)
      .optional()
      .describe('The USB devices that it is, in place of ports; empty for a file that is only extended.'),
    reports: reportsSchema
      .optional()
      .describe('HID: where its controls lie in its reports, and what is written to it.'),
    unit: z
      .enum(['main', 'extender'])
      .optional()
      .describe('A main unit carries transport and master; extenders only add strips.'),
    strips: z
      .int()
      .min(0)
      .max(32)
      .optional()
      .describe('Channel strips of one unit; only a surface on HID may have none.'),
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
    controls: addressesSchema
      .optional()
      .describe('Plain dialect: where each control lives. "fader.*" means the faders of all strips.'),
    lamps: addressesSchema
      .optional()
      .describe('Plain dialect: where the lamp of a button lives, if it has one that obeys.'),
    motors: addressesSchema
      .optional()
      .describe(
        'Plain dialect: where faders and knobs that can be driven are driven, if not where they are heard; knobs that follow the desk, as encoders with a position of their own do, are listed here.',
      ),
    touches: addressesSchema.optional().describe('Plain dialect: where a fader tells that a hand is on it.'),
    rings: ringsSchema.optional().describe('Plain dialect: rings of lamps around endless encoders.'),
    ownLamps: z
      .boolean()
      .optional()
      .describe(
        'Plain dialect: the device changes the lamp of a key itself when it is pressed or let go, so that it must be told again. Default false.',
      ),
    keepAlive: z
      .strictObject({
        message: z.string().max(300).describe('A whole MIDI message in hex.'),
        everyMs: z.int().min(100).max(60_000).describe('How often it is sent.'),
      })
      .nullable()
      .optional()
      .describe('What the device must hear again and again lest it goes to sleep; null for nothing.'),
    pads: z
      .strictObject({
        colour: padColourSchema.describe('How colours travel.'),
        keys: addressesSchema
          .optional()
          .describe('Where the coloured lamp of a button lives, in place of one under lamps.'),
        tints: z
          .enum(['colour', 'warning'])
          .optional()
          .describe(
            'Keys that select show the colour of their strip, dim unless it is selected; warning: and flash when it warns, where no other lamp of the strip does. For pads that take any colour, dim and bright.',
          ),
        columns: columnsSchema.optional().describe('Columns of pads, one a strip, that show levels.'),
      })
      .nullable()
      .optional()
      .describe('Plain dialect: pads and keys that light in colours; null for none.'),
    pace: z
      .strictObject({
        bytesPerSecond: z.int().min(100).max(1000000).optional().describe('Default 1875, which is 60 % of a DIN line.'),
      })
      .optional()
      .describe('How fast the device swallows bytes.'),
    greeting: messages.optional().describe('Whole MIDI messages in hex, sent after opening: "F0 42 40 … F7".'),
    farewell: messages.optional().describe('Whole MIDI messages in hex, sent before closing.'),
    setUp: sentences.optional().describe('What to do on the device itself, step by step.'),
    labels: z
      .strictObject(
        Object.fromEntries(
          controlPatterns.map((pattern) => [
            pattern,
            z.string().min(1).max(40).optional().describe(`What the panel calls the control "${pattern}".`),
          ]),
        ),
      )
      .optional()
      .describe('What is printed beside controls, where it is not their name: for people.'),
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
/** A surface file after its schema. */
export type SurfaceFile = z.infer<typeof surfaceSchema>;

/** What a surface must say, itself or through the file it extends. */
export const requiredFields = ['name', 'maker', 'dialect', 'ports', 'unit', 'strips', 'faders', 'tested'] as const;

/** What a file never takes over from the one it extends. */
export const ownFields = ['$schema', 'extends', 'name', 'ports', 'hid', 'tested'] as const;
