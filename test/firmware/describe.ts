// Writes the descriptors of the example firmware as C: `node --import=tsx test/firmware/describe.ts`.
import {readFileSync, writeFileSync} from 'node:fs';
import type {Descriptor} from '../../src/wire/longthrow/descriptor.ts';
import {descriptorSource} from '../../src/wire/longthrow/descriptor-source.ts';
import {writeDescriptor} from '../../src/wire/longthrow/descriptor-writer.ts';
import {projectFile} from '../project.ts';

for (const example of ['desk-8', 'motor-fader']) {
  const folder = `firmware-protocol/examples/${example}`;
  const descriptor: Descriptor = JSON.parse(readFileSync(projectFile(`${folder}/descriptor.json`), 'utf8'));
  const source = descriptorSource(writeDescriptor(descriptor), example.replace('-', '_'), 'PROGMEM');
  writeFileSync(projectFile(`${folder}/descriptor.h`), source);
}
