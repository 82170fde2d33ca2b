/** The program memory that an Intel HEX file describes, in words as an AVR has them; what the file leaves out is FFFF. Damaged files throw: they are ours. */
export function readIntelHex(text: string, bytes = 0x8000): Uint16Array {
  const memory = new Uint8Array(bytes).fill(0xff);
  for (const line of text.split(/\r?\n/).filter((row) => row !== '')) {
    const record = Uint8Array.from(Buffer.from(line.slice(1), 'hex'));
    const sum = record.reduce((total, byte) => total + byte, 0) & 0xff;
    const [length = 0, high = 0, low = 0, type = 0xff] = record;
    if (!line.startsWith(':') || sum !== 0 || record.length !== length + 5) throw new Error(`damaged line: ${line}`);
    if (type === 1) break;
    if (type === 0) memory.set(record.subarray(4, 4 + length), high * 256 + low);
    else if (type !== 3) throw new Error(`a record of type ${type} has no place in 32 kB`);
  }
  return new Uint16Array(memory.buffer);
}
