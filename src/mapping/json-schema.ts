import {z} from 'zod';
import {layoutSchema} from './layout-schema.ts';
import {midiProfileSchema} from './midi-profile-schema.ts';
import {requiredFields, surfaceSchema} from './surface-schema.ts';

/** JSON Schema (2020-12) of surface files, as text: editors complete and check with it. */
export function surfaceJsonSchema(): string {
  const schema = z.toJSONSchema(surfaceSchema);
  return textOf({
    ...schema,
    anyOf: [{required: ['extends', 'name', 'ports', 'tested']}, {required: [...requiredFields]}],
  });
}

/** JSON Schema (2020-12) of layout files, as text. */
export function layoutJsonSchema(): string {
  return textOf(z.toJSONSchema(layoutSchema));
}

/** JSON Schema (2020-12) of profiles of devices that are mixed over MIDI, as text. */
export function midiProfileJsonSchema(): string {
  return textOf(z.toJSONSchema(midiProfileSchema));
}

function textOf(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
