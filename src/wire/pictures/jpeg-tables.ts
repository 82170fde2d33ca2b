/** The order in which the coefficients of a block travel (T.81, figure A.6). */
export const zigzag: readonly number[] = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];

/** Steps of the coefficients at middling quality, row by row (T.81, table K.1). */
export const middlingSteps: readonly number[] = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];

/** The same of colour, to which eyes are less keen (T.81, table K.2): 99 but where the waves are long. */
export const colourSteps: readonly number[] = Array.from({length: 64}, (_, place) => {
  const corner = [
    [17, 18, 24, 47],
    [18, 21, 26, 66],
    [24, 26, 56, 99],
    [47, 66, 99, 99],
  ];
  return corner[place >> 3]?.[place & 7] ?? 99;
});

/** A Huffman code as files carry it: how many codes there are of each length from 1 to 16, and their symbols in order. */
export interface HuffmanCode {
  readonly counts: readonly number[];
  readonly symbols: Uint8Array;
}

/** Differences of the first coefficient (T.81, table K.3). */
export const firstCode: HuffmanCode = {
  counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  symbols: Uint8Array.from({length: 12}, (_, size) => size),
};

/** The other coefficients: zeros before in the upper half of the symbol, size in the lower (T.81, table K.5). */
export const otherCode: HuffmanCode = {
  counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
  symbols: Uint8Array.from(
    Buffer.from(
      [
        '01020300041105122131410613516107227114328191a1082342b1c11552d1f0',
        '2433627282090a161718191a25262728292a3435363738393a434445464748494a',
        '535455565758595a636465666768696a737475767778797a838485868788898a',
        '92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6',
        'c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
      ].join(''),
      'hex',
    ),
  ),
};
