/** What the ten digits of the time display can show: the place on the tape, or what the programme meters say of the mix. */
export const timeContents = ['time', 'integrated', 'short-term', 'momentary', 'true-peak'] as const;
export type TimeContent = (typeof timeContents)[number];

/** What the two digits of the assignment display can show: the layer or page, or the headroom of the mix. */
export const assignmentContents = ['view', 'headroom'] as const;
export type AssignmentContent = (typeof assignmentContents)[number];

/** Which contents the displays step through, the first shown at the start; each list has at least one. */
export interface DigitContents {
  readonly time: readonly TimeContent[];
  readonly assignment: readonly AssignmentContent[];
}

/** All there are. */
export const allDigitContents: DigitContents = {time: timeContents, assignment: assignmentContents};

/** The content after the shown one, in a circle. */
export function nextContent<Content>(contents: readonly Content[], shown: Content): Content {
  return contents[(contents.indexOf(shown) + 1) % contents.length] ?? shown;
}
