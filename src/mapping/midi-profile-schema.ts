import {z} from 'zod';
import {parameterIds} from '../model/parameter.ts';

/** What of a strip a device may be set to; `level` is its fader. */
const profileParameters = ['level', 'pan', 'mute', 'trim', ...parameterIds] as const;

const sevenBit = z.int().min(0).max(127);

/** The same number for every strip, or one that counts up from strip to strip. */
const numbering = z
  .union([
    sevenBit,
    z.strictObject({from: sevenBit.describe('The number of the first strip; the next strips count up.')}),
  ])
  .meta({
    id: 'number',
    description: 'A number 0…127, or {"from": …}: that of the first strip, from which the next count up.',
  });
/** A number as it is written. */
export type NumberFile = z.infer<typeof numbering>;

const decibels = z.number().min(-90).max(20);

const lawSchema = z
  .union([
    z.enum(['fader', 'centred', 'range']),
    z.strictObject({square: decibels.describe('Level at the top, in dB; 40 log10 of the share below it.')}),
    z.strictObject({amplitude: decibels.describe('Level at the top, in dB; 20 log10 of the share below it.')}),
    z.strictObject({
      marks: z
        .array(z.tuple([z.number().min(0).max(1), z.number().min(-90).max(10).nullable()]))
        .min(2)
        .max(40)
        .describe('Pairs of share of the top value and level in dB (null for silence), rising; straight between them.'),
    }),
    z.strictObject({
      low: z.number().describe("The parameter's value at 0."),
      high: z.number().describe("The parameter's value at the top."),
    }),
    z.strictObject({on: sevenBit.describe('Value when on.'), off: sevenBit.describe('Value when off.')}),
  ])
  .meta({
    id: 'law',
    description:
      'How values become values on the wire: "fader" the desk\'s own law (0 dB at three quarters), "centred" about a middle, "range" evenly over the parameter\'s own range, or one with numbers. Without it what the parameter suggests.',
  });
/** A law as it is written. */
export type LawFile = z.infer<typeof lawSchema>;

const controlSchema = z
  .strictObject({
    channel: numbering.describe('MIDI channel 1…16, or {"from": 1} for a channel a strip.'),
    cc: numbering.optional().describe('Number of the control change.'),
    fine: numbering.optional().describe('A second control change for the lower seven bits, sent after it.'),
    nrpn: z
      .tuple([numbering, numbering])
      .optional()
      .describe('Instead of cc: upper and lower half of the parameter number (controllers 99 and 98).'),
    bits: z
      .union([z.literal(7), z.literal(14)])
      .optional()
      .describe("Bits of an NRPN's value. Default 7."),
    law: lawSchema.optional(),
  })
  .meta({id: 'control', description: 'Where a value goes, and by which law.'});
/** A control as it is written. */
export type ControlFile = z.infer<typeof controlSchema>;

/** The file of a device that is mixed over MIDI, as it is written. What the numbers come to is for `readMidiProfile`. */
export const midiProfileSchema = z
  .strictObject({
    $schema: z.string().optional().describe('This schema, for editors.'),
    name: z.string().min(1).max(60).describe('What people call the device.'),
    strips: z.int().min(1).max(128).describe('How many channels it has.'),
    stripName: z
      .string()
      .min(1)
      .max(20)
      .optional()
      .describe('What a channel is called before its number. Default "Channel".'),
    standardLevelDb: decibels
      .optional()
      .describe('Where faders begin, in dB: what the device has when it is switched on. Default 0.'),
    returns: z
      .array(z.string().min(1).max(40))
      .max(8)
      .optional()
      .describe('Names of what the sends go to, one strip each: its fader is added to all sends of its number.'),
    bytesPerSecond: z
      .int()
      .min(100)
      .max(100_000)
      .optional()
      .describe('What the wire bears. Default 1875, three fifths of a DIN line.'),
    controls: z
      .strictObject(
        Object.fromEntries(
          profileParameters.map((name) => [name, controlSchema.optional().describe(`Where "${name}" goes.`)]),
        ),
      )
      .describe('What each strip can be set to. Without "mute" a muted strip has its level at 0.'),
    master: controlSchema
      .optional()
      .describe("The fader of the device's sum. Without it the desk's master is added to all levels."),
    notes: z
      .array(z.string().min(1).max(500))
      .max(40)
      .optional()
      .describe('What to set on the device, quirks, and what is not sure.'),
    tested: z.string().min(1).max(500).describe('With what it was tried, or that it was not.'),
  })
  .meta({id: 'midi-profile', description: 'A device whose channels are mixed over MIDI.'});
/** A profile as it is written. */
export type MidiProfileFile = z.infer<typeof midiProfileSchema>;
