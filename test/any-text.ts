import fc from 'fast-check';

/** Any character of Unicode but halves of surrogate pairs, those of short codes more often than their number says. */
const anyCharacter = fc
  .oneof(fc.nat(0x7f), fc.nat(0x2fff), fc.nat(0x10_ffff - 0x800))
  .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));

/** Text of any characters. fast-check's own `binary` unit means the same, but takes most of a second to number all of Unicode first. */
export function anyText(
  lengths: {readonly minLength?: number; readonly maxLength?: number} = {},
): fc.Arbitrary<string> {
  return fc.string({unit: anyCharacter, ...lengths});
}
