import {z} from 'zod';
import {assignmentContents, timeContents} from '../model/digit-display.ts';
import {actionNames, muteGroupCount, numberedMarkers} from '../model/layout.ts';
import {layerMeters, layerRings, pageWidth, parameterNames, stripViews} from '../model/view.ts';
import {controlPatterns, singleStripControl} from './control-names.ts';
import {takeoverSchema} from './surface-parts-schema.ts';

/** Names are checked by `checkLayout`, which knows the nearest valid one; editors get them through the generated schema. */
const parameter = z.string().meta({id: 'parameter', enum: [...parameterNames]});

const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
const short = z
  .string()
  .min(1)
  .max(2)
  .regex(/^[ -~]+$/);

const layerSchema = z
  .strictObject({
    id: id.describe('Name used in "layer:…" actions.'),
    short: short.describe('Two characters for the assignment display.'),
    fader: parameter.describe('What faders stand for in this layer.'),
    encoder: parameter.describe('What encoders and knobs stand for; flip swaps the two.'),
    push: parameter
      .optional()
      .describe(
        'What "strip.push" toggles; without it the stage that the encoder\'s parameter belongs to, or back to its standard.',
      ),
    shiftPush: parameter.optional().describe('The same with shift; without it back to the standard.'),
    ring: z
      .enum(layerRings)
      .optional()
      .describe(
        'What rings show: "value" (as without it) what the encoder sets, "trim" how far the strip peaks from the middle of the target window, 3 dB a lamp.',
      ),
    meter: z
      .enum(layerMeters)
      .optional()
      .describe('Where level meters listen: "pre" (as without it) behind the processing, "in" before the trim.'),
  })
  .describe('A named pair of parameters, strip by strip.');

const pageSchema = z
  .strictObject({
    id: id.describe('Name used in "page:…" actions.'),
    name: z.string().min(1).max(20).describe('What people call it.'),
    short: short.describe(
      'Two characters for the assignment display; of several pages the second is the number of the page.',
    ),
    pages: z
      .array(z.array(parameter.nullable()).min(1).max(pageWidth))
      .min(1)
      .max(9)
      .describe('Page after page, the parameters on encoders 1 to 8; null leaves an encoder without a task.'),
  })
  .describe('Parameters of the selected strip.');

const sectionUnitSchema = z.union([
  z.string().min(1).max(120),
  z.strictObject({
    surface: z.string().min(1).max(120).describe('Id of a surface; * stands for any characters.'),
    port: z.string().min(1).max(120).describe('Text in the name of its port, whatever its case.'),
  }),
]);

const action = z
  .string()
  .describe(
    'What the control does and its lamp shows; "layer:…" changes to a layer, "page:…" to a page, "show:…" to other strips, "muteGroup:…" switches one, "marker:…" goes to one, "value:…" is a parameter in every layer.',
  )
  .meta({
    anyOf: [
      {enum: [...actionNames, ...stripViews.map((view) => `show:${view}`)]},
      {pattern: '^(layer|page):[a-z][a-z0-9-]*$'},
      {pattern: `^muteGroup:[1-${muteGroupCount}]$`},
      {pattern: `^marker:[1-${numberedMarkers}]$`},
      {enum: parameterNames.map((name) => `value:${name}`)},
    ],
  });
const control = z.string().meta({anyOf: [{enum: [...controlPatterns]}, {pattern: singleStripControl.source}]});

const bindings = z.record(control, action).meta({id: 'bindings'});

const sectionSchema = z
  .strictObject({
    id: id.describe('Its name; "main" is the section of all surfaces that no other names.'),
    surfaces: z
      .array(sectionUnitSchema)
      .min(1)
      .max(64)
      .describe(
        'The surfaces that stand in it, in the order in which their strips count; * stands for any characters.',
      ),
    follows: id
      .optional()
      .describe('The section whose bank, layer and page it shows, from its first strip again; its own if not given.'),
    shows: z.enum(stripViews).optional().describe('Strips that it shows at the start. Default all.'),
    layer: id.optional().describe('Layer that it shows at the start. Default the first.'),
    bindings: bindings.optional().describe('What its controls do other than the rest of the desk.'),
    shifted: bindings.optional().describe('The same while shift is held.'),
  })
  .describe('Surfaces that stand together as on a console.');
/** A section of a layout file. */
export type SectionFile = z.infer<typeof sectionSchema>;

/** The file of a layout, as it is written. What its names mean is for `checkLayout`. */
export const layoutSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find this schema: "../layout.schema.json".'),
    name: z.string().min(1).max(60).describe('What people call it.'),
    layers: z
      .array(layerSchema)
      .min(1)
      .max(32)
      .describe('What faders and encoders can stand for; the first is shown at the start.'),
    digits: z
      .strictObject({
        time: z.array(z.enum(timeContents)).min(1).optional().describe('Contents of the time display.'),
        assignment: z
          .array(z.enum(assignmentContents))
          .min(1)
          .optional()
          .describe('Contents of the assignment display.'),
      })
      .optional()
      .describe(
        'What "display.cycle" and "display.cycleAssignment" step the segment displays through, the first shown at the start; all there is if not given.',
      ),
    pages: z.array(pageSchema).max(16).optional().describe('What encoders can stand for on the selected strip.'),
    sections: z
      .array(sectionSchema)
      .max(32)
      .optional()
      .describe('How several surfaces stand together; without it all are one section, main units before extenders.'),
    takeover: takeoverSchema
      .optional()
      .describe(
        'How faders and knobs without motors that stand elsewhere take their values over: jump at once, pick-up when the hand meets the value, scaled so that both reach the end together, parallel as far as the hand moves, glide a part of the way with every move. Default pick-up.',
      ),
    bindings: bindings.describe('Control → action. "mute.*" means the mute button of every strip, "mute.3" one alone.'),
    shifted: bindings
      .optional()
      .describe('The same while shift is held; what is absent here does what it does without shift.'),
  })
  .describe('What the controls of all surfaces do.');
/** A layout file after its schema. */
export type LayoutFile = z.infer<typeof layoutSchema>;
