// Writes vectors.json and the C source of the shipped descriptors: `node --import=tsx test/firmware/generate.ts`.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fromHex, plain, toHex} from '../../src/app/conform/vectors.ts';
import {encodeFrame} from '../../src/wire/longthrow/codec.ts';
import {storedCheck} from '../../src/wire/longthrow/crc.ts';
import type {Descriptor} from '../../src/wire/longthrow/descriptor.ts';
import {descriptorSource} from '../../src/wire/longthrow/descriptor-source.ts';
import {writeDescriptor} from '../../src/wire/longthrow/descriptor-writer.ts';
import {writeReports} from '../../src/wire/longthrow/report.ts';
import {projectFile} from '../project.ts';
import {refusedDescriptors} from './descriptor-refusals.ts';
import {refusals} from './refusals.ts';
import {sampleFrames} from './samples.ts';

const eightStrips: Descriptor = JSON.parse(
  readFileSync(projectFile('firmware-protocol/descriptors/eight-strips.json'), 'utf8'),
);
const bytes = writeDescriptor(eightStrips);

const bodies = ['70 03 08 12 34', '60 00 00 00 01 00 aa bb'].map(fromHex);
const reports = writeReports(bodies).map((report) => ({
  name: 'two bodies',
  report: toHex(report),
  bodies: bodies.map(toHex),
}));
const [whole = new Uint8Array(64)] = writeReports(bodies);
const spoilt = (name: string, at: number, byte: number) => ({
  name,
  report: toHex(whole.map((was, index) => (index === at ? byte : was))),
});

const vectors = {
  frames: sampleFrames.map(({name, group, session, frame}) => ({
    name,
    group,
    session,
    wire: toHex(encodeFrame(frame, session)),
    frame: plain(frame),
  })),
  refused: refusals,
  reports: [
    ...reports,
    {name: 'none', report: toHex(new Uint8Array(64)), bodies: []},
    spoilt('more bodies than there are', 0, 3),
    spoilt('a body past the end', 7, 60),
    spoilt('a body of four bytes', 1, 4),
    spoilt('something behind the last body', 63, 1),
  ],
  descriptors: [
    {name: 'eight strips', bytes: toHex(bytes), check: storedCheck(bytes).toString(16), descriptor: eightStrips},
    ...refusedDescriptors,
  ],
};

writeFileSync(projectFile('firmware-protocol/vectors.json'), `${JSON.stringify(vectors, null, 1)}\n`);
mkdirSync(projectFile('firmware-protocol/core/host'), {recursive: true});
writeFileSync(projectFile('firmware-protocol/core/host/eight-strips.h'), descriptorSource(bytes, 'eight_strips'));
