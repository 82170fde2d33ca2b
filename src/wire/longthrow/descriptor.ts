/**
 * What a surface says of itself: `4C 54 01`, then records of tag, length, value. Bit 7 of a tag: whoever does not know it must refuse the surface.
 *   81 strips, unit   02 name   03 maker   90 faders   91 encoders   93 strip buttons   94 unit buttons   95 strip lamps   96 unit lamps
 *   97 rings   98 meters   99 strip texts   9A digits   1C warnings   1D scale   1E line   7E vendor
 */
export interface Descriptor {
  /** Channel strips, 0…32. */
  readonly strips: number;
  readonly unit: 'main' | 'extender';
  readonly records: readonly DescriptorRecord[];
}

/** Where a row of controls stands: from this strip on (from 0), or once on the unit. */
export type DevicePlace = number | 'unit';

/** A row of controls, lamps or displays, or a fact. `first` is the number that messages give to the first of a row. */
export type DescriptorRecord =
  | {readonly type: 'name' | 'maker'; readonly text: string}
  | FaderRow
  | {readonly type: 'encoders'; readonly first: number; readonly count: number; readonly place: DevicePlace}
  | {
      readonly type: 'strip-buttons';
      readonly first: number;
      readonly count: number;
      readonly strip: number;
      readonly function: number;
    }
  | {readonly type: 'unit-buttons'; readonly first: number; readonly functions: readonly number[]}
  | {
      readonly type: 'strip-lamps';
      readonly first: number;
      readonly count: number;
      readonly strip: number;
      readonly function: number;
      readonly kind: LampKind;
      readonly safe: number;
    }
  | {
      readonly type: 'unit-lamps';
      readonly first: number;
      readonly kind: LampKind;
      readonly safe: number;
      readonly functions: readonly number[];
    }
  /** Bit n of `styles`: the ring can draw style n. */
  | {
      readonly type: 'rings';
      readonly first: number;
      readonly count: number;
      readonly strip: number;
      readonly styles: number;
    }
  | {
      readonly type: 'meters';
      readonly first: number;
      readonly count: number;
      readonly place: DevicePlace;
      /** Lamps of one meter, 2…120. */
      readonly steps: number;
      readonly safe: number;
    }
  | {
      readonly type: 'texts';
      readonly first: number;
      readonly count: number;
      readonly strip: number;
      readonly cells: number;
      readonly lines: 1 | 2;
    }
  | {
      readonly type: 'digits';
      readonly first: number;
      readonly shows: 'time' | 'assignment';
      readonly cells: number;
    }
  | {readonly type: 'warnings'; readonly first: number; readonly count: number; readonly place: DevicePlace}
  | {readonly type: 'scale'; readonly marks: readonly ScaleMark[]}
  | {readonly type: 'line'; readonly baud: number}
  | {readonly type: 'vendor'; readonly vendor: number; readonly bytes: readonly number[]};

/** Faders in a row, or knobs. */
export interface FaderRow {
  readonly type: 'faders';
  readonly first: number;
  readonly count: number;
  readonly place: DevicePlace;
  readonly motor: boolean;
  /** Whether touch is sensed. */
  readonly touch: boolean;
  /** Whether moves of the hand must be sent back. */
  readonly echo: boolean;
  readonly knobs: boolean;
  /** How long after its last move a fader without touch sense counts as touched. */
  readonly settleMs: number;
  /** Places of the travel that it can tell apart. */
  readonly steps: number;
}

/** How a lamp is lit: by LED or by COLOUR. */
export type LampKind = 'brightness' | 'colour';

/** A printed mark: position 0…65,535, level in tenths of dB, undefined for silence. */
export interface ScaleMark {
  readonly position: number;
  readonly tenthsDb: number | undefined;
}

/** Bytes of the longest descriptor. */
export const longestDescriptor = 4096;
/** What every descriptor begins with: "LT" and the number of its format. */
export const descriptorStart: readonly number[] = [0x4c, 0x54, 0x01];

/** Tags by the type of their record. */
export const tags = {
  surface: 0x81,
  name: 0x02,
  maker: 0x03,
  faders: 0x90,
  encoders: 0x91,
  'strip-buttons': 0x93,
  'unit-buttons': 0x94,
  'strip-lamps': 0x95,
  'unit-lamps': 0x96,
  rings: 0x97,
  meters: 0x98,
  texts: 0x99,
  digits: 0x9a,
  warnings: 0x1c,
  scale: 0x1d,
  line: 0x1e,
  vendor: 0x7e,
} as const satisfies Readonly<Record<DescriptorRecord['type'] | 'surface', number>>;
