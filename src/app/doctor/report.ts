/** What the doctor looks at, in the order of the report. */
export const areas = ['runtime', 'libraries', 'midi', 'hid', 'serial', 'audio', 'time', 'session'] as const;
export type Area = (typeof areas)[number];

/** One check. `missing` stops something from working, `warning` may, `skipped` does not apply here. */
export interface Row {
  readonly area: Area;
  readonly check: string;
  /** What was found: a phrase without control characters. */
  readonly found: string;
  readonly state: 'ok' | 'warning' | 'missing' | 'skipped';
  /** The next step, where there is one. */
  readonly cure?: string;
}

export interface Report {
  readonly rows: readonly Row[];
}

/** How the areas are called in sentences. */
export const areaTitles: Readonly<Record<Area, string>> = {
  runtime: 'Runtime',
  libraries: 'Libraries',
  midi: 'MIDI',
  hid: 'HID',
  serial: 'Serial',
  audio: 'Audio',
  time: 'Time',
  session: 'Session',
};

/** Whether something does not work. */
export function hasProblems(report: Report): boolean {
  return report.rows.some(({state}) => state === 'missing');
}

/** One line for each thing that does not work, with its cure, for the start of the program. */
export function missingLines(report: Report): readonly string[] {
  return report.rows
    .filter(({state}) => state === 'missing')
    .map(({area, found, cure}) => `${areaTitles[area]}: ${found}${cure === undefined ? '' : ` – ${cure}`}`);
}

/** The report for programs; a change that breaks readers raises `schemaVersion`. */
export function reportJson(report: Report): {
  readonly schemaVersion: 1;
  readonly ok: boolean;
  readonly checks: readonly Row[];
} {
  return {schemaVersion: 1, ok: !hasProblems(report), checks: report.rows};
}
