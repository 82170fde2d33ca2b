import {storedCheck} from './crc.ts';

const bytesPerLine = 16;

/** A descriptor as C source for a sketch: an array `name` and the macro `NAME_CRC` of its check. `placement` stands behind the array's name, such as PROGMEM. */
export function descriptorSource(bytes: Uint8Array, name: string, placement = ''): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += bytesPerLine) {
    lines.push(`  ${[...bytes.subarray(at, at + bytesPerLine)].map((byte) => `0x${hex(byte, 2)}`).join(', ')},`);
  }
  return [
    '/* Made from a description of the surface; do not edit. */',
    '#include <stdint.h>',
    '',
    `#define ${name.toUpperCase()}_CRC 0x${hex(storedCheck(bytes), 8)}UL`,
    `static const uint8_t ${name}[${bytes.length}]${placement && ` ${placement}`} = {`,
    ...lines,
    '};',
    '',
  ].join('\n');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
