import {fromHex, toHex} from '../../src/app/conform/vectors.ts';
import {storedCheck} from '../../src/wire/longthrow/crc.ts';
import type {DescriptorVector} from './vector.ts';

const start = '4c 54 01 81 02 08 00';

/** Descriptors that are refused with these words, and small ones that are not. */
export const refusedDescriptors: readonly DescriptorVector[] = [
  good('no controls', start, {strips: 8, unit: 'main', records: []}),
  good('unknown record that is not critical', `${start} 70 02 aa bb`, {strips: 8, unit: 'main', records: []}),
  bad('nothing', '', 'it does not begin with 4C 54 01'),
  bad('another format', '4c 54 02 81 02 08 00', 'it does not begin with 4C 54 01'),
  bad('no surface', '4c 54 01', 'it tells nothing'),
  bad('another record before the surface', '4c 54 01 02 01 41', 'its first record does not tell the strips (tag 81)'),
  bad('33 strips', '4c 54 01 81 02 21 00', 'its first record does not tell the strips (tag 81)'),
  bad('a surface twice', `${start} 81 02 08 00`, 'the record at byte 7 (tag 81) has a value that none may have'),
  bad('a record past the end', `${start} 02 05 41`, 'the record at byte 7 ends past the end'),
  bad('a tag without a length', `${start} 02`, 'the record at byte 7 ends past the end'),
  bad('unknown critical record', `${start} f0 00`, 'the record at byte 7 has tag F0, which must be known and is not'),
  bad(
    'faders without traits',
    `${start} 90 03 00 08 00`,
    'the record at byte 7 (tag 90) has a value that none may have',
  ),
  bad(
    'no faders in a row of faders',
    `${start} 90 07 00 00 00 00 1e 00 04`,
    'the record at byte 7 (tag 90) has a value that none may have',
  ),
  bad('nine faders on eight strips', `${start} 90 07 00 09 00 00 1e 00 04`, 'its faders stand beyond strip 8'),
  bad('one number twice', `${start} 93 04 00 08 00 01 93 04 07 01 00 02`, 'two records claim button 7'),
  bad(
    'a ring without a style',
    `${start} 97 04 00 08 00 00`,
    'the record at byte 7 (tag 97) has a value that none may have',
  ),
  bad(
    'a scale that falls',
    `${start} 1d 0c 00 00 00 80 ff ff 00 00 00 80 64 00`,
    'the record at byte 7 (tag 1D) has a value that none may have',
  ),
  bad('two names', `${start} 02 01 41 02 01 42`, 'its name stands there twice'),
];

function bad(name: string, hex: string, fault: string): DescriptorVector {
  return {name, bytes: hex, check: checkOf(hex), faults: [fault]};
}

function good(name: string, hex: string, descriptor: DescriptorVector['descriptor']): DescriptorVector {
  return {name, bytes: toHex(fromHex(hex)), check: checkOf(hex), ...(descriptor && {descriptor})};
}

function checkOf(hex: string): string {
  return storedCheck(fromHex(hex)).toString(16);
}
