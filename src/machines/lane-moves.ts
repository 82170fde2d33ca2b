import type {PassEnd} from './lane-words.ts';

/** Ends the pass, for that reason. */
export function end<How extends PassEnd>(how: How) {
  return {type: 'end', params: {how}} as const;
}

/** A hand comes while the lane, or another hand, has the parameter. */
export const grip = [
  {guard: 'latchRolls', target: '#lane.pass.latched', actions: ['putOn', 'begin']},
  {guard: 'writeRolls', target: '#lane.pass.running', actions: ['putOn', 'begin']},
  {guard: 'rolls', target: '#lane.pass.touched', actions: ['putOn', 'begin']},
  {guard: 'latchStands', target: '#lane.hand.primed', actions: 'putOn'},
  {target: '#lane.hand.held', actions: 'putOn'},
] as const;

/** Write from now on, or from when the tape plays. */
export const punchIn = [
  {guard: 'rolls', target: '#lane.pass.running', actions: 'begin'},
  {guard: 'writes', target: '#lane.hand.primed'},
] as const;

/** The tape plays, and lanes in write mode are written from there whatever hands do. */
export const playWriting = {guard: 'writesAlways', target: '#lane.pass.running', actions: ['roll', 'begin']} as const;

/** Back to the lane, or to the hand that is still on. */
export const giveBack = [{guard: 'isTouched', target: '#lane.hand.held'}, {target: '#lane.lane'}] as const;

/** The same from a pass. */
export function endAndGiveBack<How extends PassEnd>(how: How, also: 'note' | 'rest' | 'nothing' = 'nothing') {
  const actions = [also, end(how)] as const;
  return [
    {guard: 'isTouched', target: '#lane.hand.held', actions},
    {target: '#lane.lane', actions},
  ] as const;
}

/** The last hand that goes leaves what it set while the tape stands; else the lane has it again. */
export const leaveHeld = [
  {guard: 'isLastAndStands', target: '#lane.hand.loose', actions: 'takeOff'},
  {guard: 'isLast', target: '#lane.lane', actions: 'takeOff'},
  {actions: 'takeOff'},
] as const;

/** The last hand that goes ends the pass. */
export function leavePass<How extends PassEnd>(how: How) {
  return [{guard: 'isLast', target: '#lane.lane', actions: ['takeOff', end(how)]}, {actions: 'takeOff'}] as const;
}

/** What was written until now and what would be from now on do not belong together. */
export const endByMode = [
  {guard: 'endsWritingUnderHand', target: '#lane.hand.held', actions: ['note', end('mode')]},
  {guard: 'endsWriting', target: '#lane.lane', actions: ['note', end('mode')]},
] as const;
