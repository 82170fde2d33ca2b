import {z} from 'zod';
import {actionNames} from '../model/layout.ts';
import {controlPatterns, singleStripControl} from './control-names.ts';

const parameter = z.enum(['level', 'pan', 'trim']);

const layerSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .describe('Name used in "layer:…" actions.'),
    short: z
      .string()
      .min(1)
      .max(2)
      .regex(/^[ -~]+$/)
      .describe('Two characters for the assignment display.'),
    fader: parameter.describe('What faders stand for in this layer.'),
    encoder: parameter.describe('What encoders and knobs stand for; flip swaps the two.'),
  })
  .describe('A named pair of parameters.');

/** Names are checked by `checkLayout`, which knows the nearest valid one; editors get them through the generated schema. */
const action = z
  .string()
  .describe('What the control does and its lamp shows; "layer:…" changes to a layer.')
  .meta({anyOf: [{enum: [...actionNames]}, {pattern: '^layer:[a-z][a-z0-9-]*$'}]});
const control = z.string().meta({anyOf: [{enum: [...controlPatterns]}, {pattern: singleStripControl.source}]});

const bindings = z.record(control, action).meta({id: 'bindings'});

/** The file of a layout, as it is written. What its names mean is for `checkLayout`. */
export const layoutSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find this schema: "../layout.schema.json".'),
    name: z.string().min(1).max(60).describe('What people call it.'),
    layers: z
      .array(layerSchema)
      .min(1)
      .max(16)
      .describe('What faders and encoders can stand for; the first is shown at the start.'),
    bindings: bindings.describe('Control → action. "mute.*" means the mute button of every strip, "mute.3" one alone.'),
    shifted: bindings
      .optional()
      .describe('The same while shift is held; what is absent here does what it does without shift.'),
  })
  .describe('What the controls of all surfaces do.');
/** A layout file after its schema. */
export type LayoutFile = z.infer<typeof layoutSchema>;
