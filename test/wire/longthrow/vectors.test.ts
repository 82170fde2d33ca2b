import {readFileSync} from 'node:fs';
import test from 'ava';
import {frameOf, fromHex, plain, toHex} from '../../../src/app/conform/vectors.ts';
import {decodeBody, encodeFrame} from '../../../src/wire/longthrow/codec.ts';
import {storedCheck} from '../../../src/wire/longthrow/crc.ts';
import {readDescriptor} from '../../../src/wire/longthrow/descriptor-reader.ts';
import {descriptorSource} from '../../../src/wire/longthrow/descriptor-source.ts';
import {writeDescriptor} from '../../../src/wire/longthrow/descriptor-writer.ts';
import {newFramer, step} from '../../../src/wire/longthrow/framer.ts';
import {messageKinds} from '../../../src/wire/longthrow/message.ts';
import {readReport, writeReports} from '../../../src/wire/longthrow/report.ts';
import {readVectors} from '../../firmware/vector.ts';
import {projectFile} from '../../project.ts';

const vectors = readVectors();

/** What a receiver hears of bytes, in words. */
function hear(wire: Uint8Array, session: number, mtu: number): readonly string[] {
  return step(newFramer(mtu), wire).frames.map((framed) => {
    if (framed.type === 'dropped') return framed.fault;
    const decoded = decodeBody(framed.body, session);
    if (decoded.state === 'bad') return decoded.fault;
    return decoded.state === 'unknown' ? 'unknown' : decoded.frame.message.type;
  });
}

for (const {name, session, wire, frame} of vectors.frames) {
  test(`a frame means what its vector says, and is written the same again: ${name}`, (t) => {
    const [framed] = step(newFramer(), fromHex(wire)).frames;
    const decoded = framed?.type === 'body' ? decodeBody(framed.body, session) : undefined;
    t.deepEqual(plain(decoded), {state: 'good', frame});
    t.is(toHex(encodeFrame(frameOf(frame), session)), wire);
  });
}

for (const {name, group, session, mtu, wire, heard} of vectors.refused) {
  test(`${group}: ${name} is dropped, and what follows is heard`, (t) => {
    t.deepEqual(hear(fromHex(wire), session, mtu), heard);
  });
}

for (const {name, report, bodies} of vectors.reports) {
  test(`a report of 64 bytes is taken or dropped as a whole: ${name}`, (t) => {
    const read = readReport(fromHex(report));
    t.deepEqual(read?.map(toHex), bodies && [...bodies]);
    if (read !== undefined && read.length > 0) t.deepEqual(writeReports(read).map(toHex), [report]);
  });
}

for (const {name, bytes, check, descriptor, faults} of vectors.descriptors) {
  test(`a descriptor says what its vector says: ${name}`, (t) => {
    t.is(storedCheck(fromHex(bytes)).toString(16), check);
    const read = readDescriptor(fromHex(bytes));
    if (descriptor === undefined) t.deepEqual(read, {state: 'bad', faults: faults ?? []});
    else t.deepEqual(read, {state: 'good', descriptor});
    // Records that are passed over are not written again.
    if (descriptor !== undefined && !name.startsWith('unknown')) t.is(toHex(writeDescriptor(descriptor)), bytes);
  });
}

test('the C source of the shipped descriptor is made from its description', (t) => {
  const read = (path: string): string => readFileSync(projectFile(`firmware-protocol/${path}`), 'utf8');
  const bytes = writeDescriptor(JSON.parse(read('descriptors/eight-strips.json')));
  t.is(read('core/host/eight-strips.h'), descriptorSource(bytes, 'eight_strips'));
});

test('every type of message has a vector', (t) => {
  const shown = new Set(vectors.frames.map(({frame}) => frameOf(frame).message.type));
  t.deepEqual(
    Object.keys(messageKinds).filter((type) => ![...shown].some((one) => one === type)),
    [],
  );
});

test('every group that the specification names has a vector', (t) => {
  const text = readFileSync(projectFile('firmware-protocol/README.md'), 'utf8');
  const groups = new Set<string>([...vectors.frames, ...vectors.refused].map(({group}) => group));
  const lines = text.split('\n').filter((line) => /^\| R\d+ /.test(line));
  const named = lines.flatMap((line) => [
    ...(/vectors ((?:`[a-z]+`(?:, )?)+)/.exec(line)?.[1] ?? '').matchAll(/`([a-z]+)`/g),
  ]);
  t.true(named.length > 6);
  t.deepEqual(
    named.map((match) => match[1]).filter((name) => name !== 'descriptors' && !groups.has(name ?? '')),
    [],
  );
});

test('the codec, the table beside the specification, the specification and the C header agree on every number', (t) => {
  const table: {messages: {type: string; name: string; from: string; class: string}[]} = JSON.parse(
    readFileSync(projectFile('firmware-protocol/messages.json'), 'utf8'),
  );
  const known = Object.values(messageKinds).map(({number, name, from, messageClass}) => ({
    type: number.toString(16).padStart(2, '0'),
    name,
    from,
    class: name === 'ESCAPE' ? 'state or reliable' : messageClass,
  }));
  t.deepEqual(known, table.messages);
  const text = readFileSync(projectFile('firmware-protocol/README.md'), 'utf8');
  const header = readFileSync(projectFile('firmware-protocol/core/longthrow.h'), 'utf8');
  const ways = {host: 'H→D', device: 'D→H', both: 'both'} as const;
  for (const {number, name, from} of Object.values(messageKinds)) {
    const digits = number.toString(16).padStart(2, '0');
    t.regex(text, new RegExp(`^\\| ${digits.toUpperCase()} +\\| ${name} +\\| ${ways[from]} +\\|`, 'm'), name);
    t.regex(header, new RegExp(`^#define LT_${name} 0x${digits}$`, 'm'), name);
  }
});
