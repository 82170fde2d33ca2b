import type {AnyStateMachine, AnyStateNode, AnyTransitionDefinition} from 'xstate';
import {adviceReaderMachine} from './advice-reader.ts';
import {firmwareLinkMachine} from './firmware-link.ts';
import {laneMachine} from './lane.ts';
import {linkMachine} from './link.ts';
import {motorFaderMachine} from './motor-fader.ts';
import {plainFaderMachine} from './plain-fader.ts';
import {playbackMachine} from './playback.ts';
import {proposalMachine} from './proposal.ts';
import {rigMachine} from './rig.ts';
import {timeCodeMachine} from './time-code.ts';
import {viewMachine} from './view.ts';
import {warningMachine} from './warning.ts';

interface Chapter {
  readonly title: string;
  readonly file: string;
  readonly about: string;
  readonly machine: AnyStateMachine;
}

const chapters: readonly Chapter[] = [
  {
    title: 'Rig',
    file: 'rig',
    about:
      'All units of the desk. Units keep their places across replugs; strips are counted through them in desk order.',
    machine: rigMachine,
  },
  {
    title: 'Link',
    file: 'link',
    about: "One connection, from the port's appearing to ready, and round again after a failure. One for each unit.",
    machine: linkMachine,
  },
  {
    title: 'Line of a home-made surface',
    file: 'firmware-link',
    about:
      'Below the link: hello, descriptor and lease of a device that describes itself. Only what is live becomes a port of the desk; the host says that it lives only while its sound engine goes on.',
    machine: firmwareLinkMachine,
  },
  {
    title: 'Motor fader',
    file: 'motor-fader',
    about:
      'Who moves the fader: the desk or the hand. A touched fader is never driven; a released one is always sent where the mixer is.',
    machine: motorFaderMachine,
  },
  {
    title: 'Plain fader',
    file: 'plain-fader',
    about: 'A fader without a motor moves nothing until it meets the value, and never makes it jump.',
    machine: plainFaderMachine,
  },
  {
    title: 'View',
    file: 'view',
    about: 'Which strips and parameters lie under the controls.',
    machine: viewMachine,
  },
  {
    title: 'Lane',
    file: 'lane',
    about:
      'Who has a parameter that is automated: its lane, a hand that is heard, or a pass that writes. One for each parameter that a hand was on.',
    machine: laneMachine,
  },
  {
    title: 'Warning',
    file: 'warning',
    about: 'One rule at one strip: findings must last, warnings stay calm, what was lost stays until acknowledged.',
    machine: warningMachine,
  },
  {
    title: 'Proposal',
    file: 'proposal',
    about:
      'Listening while keys are held, and proposals that wait to be accepted or dropped: auto-trim and rough balance.',
    machine: proposalMachine,
  },
  {
    title: 'Advice reader',
    file: 'advice-reader',
    about: "A warning's advice spelled over the scribble strips, until it is read or a hand does anything else.",
    machine: adviceReaderMachine,
  },
  {
    title: 'Playback',
    file: 'playback',
    about: 'What hands ask of the tape, turned into commands; jumps that follow each other add up.',
    machine: playbackMachine,
  },
  {
    title: 'Time code',
    file: 'time-code',
    about:
      'Following a tape elsewhere by its time code: when the own one starts, jumps and stops, and how a drop-out is bridged.',
    machine: timeCodeMachine,
  },
];

/** The page `docs/machines.md`: a Mermaid diagram of every statechart, as the code has it. */
export function machinesPage(): string {
  const head = [
    '# Statecharts',
    '',
    'Made from `src/machines` by `npm run generate`; do not edit. Boxes are states, bold where one begins. Labels are events,',
    'with their condition in brackets; `after` is a delay by its name. Of several arrows for one event the first whose',
    'condition holds is taken. Events that change no state are listed below each diagram.',
    '',
  ];
  return [...head, ...chapters.flatMap(chapterLines)].join('\n');
}

function chapterLines({title, file, about, machine}: Chapter): readonly string[] {
  const {root} = machine;
  const states = childrenOf(root);
  const edges = nodesUnder(root).flatMap(edgesFrom);
  const silent = [...new Set(nodesUnder(root).flatMap(silentEvents))].sort();
  return [
    `## ${title}`,
    '',
    `${about} Code: \`src/machines/${file}.ts\`.`,
    '',
    '```mermaid',
    'flowchart TB',
    ...states.flatMap((state) => stateLines(state, '  ')),
    ...new Set(edges),
    '```',
    '',
    ...(silent.length > 0
      ? [`Without a change of state: ${silent.map((event) => `\`${event}\``).join(', ')}.`, '']
      : []),
  ];
}

/** A state as a box, or as a frame around its own; the one where its parent begins has a bold name. */
function stateLines(state: AnyStateNode, indent: string): readonly string[] {
  const children = childrenOf(state);
  const isInitial = state.parent !== undefined && initialOf(state.parent) === state;
  const name = isInitial ? `<b>${state.key}</b>` : state.key;
  if (children.length === 0) return [`${indent}${idOf(state)}(["${name}"])`];
  return [
    `${indent}subgraph ${idOf(state)}["${name}"]`,
    ...children.flatMap((child) => stateLines(child, `${indent}  `)),
    `${indent}end`,
  ];
}

/**
 * The arrows of a state's own transitions. Mermaid cannot draw an arrow from a frame into itself: there it starts at the
 * states inside.
 */
function edgesFrom(state: AnyStateNode): readonly string[] {
  return transitionsOf(state).flatMap((transition) =>
    (transition.target ?? []).flatMap((target: AnyStateNode) => {
      const starts =
        isWithin(target, state) && target !== state ? childrenOf(state).filter((child) => child !== target) : [state];
      return starts
        .filter(
          (start) =>
            !(isWithin(target, start) && childrenOf(start).length > 0) &&
            !(isWithin(start, target) && start !== target),
        )
        .map((start) => `  ${idOf(start)} -->|"${labelOf(transition)}"| ${idOf(target)}`);
    }),
  );
}

/** Events that a state takes without going anywhere. */
function silentEvents(state: AnyStateNode): readonly string[] {
  return transitionsOf(state)
    .filter(({target, actions}) => (target === undefined || target.length === 0) && actions.length > 0)
    .map(({eventType}) => eventText(eventType))
    .filter((event) => event !== '');
}

function transitionsOf(state: AnyStateNode): readonly AnyTransitionDefinition[] {
  return [...[...state.transitions.values()].flat(), ...(state.always ?? [])];
}

function labelOf({eventType, guard}: AnyTransitionDefinition): string {
  const condition = guard === undefined ? '' : `[${guardText(guard)}]`;
  return [eventText(eventType), condition].filter((text) => text !== '').join(' ');
}

/** `after settle` of `xstate.after.settle.motor-fader…`, `port fails` of `xstate.error.actor.port`. */
function eventText(eventType: string): string {
  const after = /^xstate\.after\.([^.]+)\./.exec(eventType)?.[1];
  if (after !== undefined) return `after ${after}`;
  const failed = /^xstate\.error\.actor\.(.+)$/.exec(eventType)?.[1];
  return failed === undefined ? eventType : `${failed} fails`;
}

function guardText(guard: AnyTransitionDefinition['guard']): string {
  if (typeof guard === 'string') return guard;
  return typeof guard === 'object' && 'type' in guard ? String(guard.type) : 'else';
}

function nodesUnder(state: AnyStateNode): readonly AnyStateNode[] {
  return [state, ...childrenOf(state).flatMap(nodesUnder)];
}

function childrenOf(state: AnyStateNode): readonly AnyStateNode[] {
  return Object.values(state.states);
}

function initialOf(state: AnyStateNode): AnyStateNode | undefined {
  return state.type === 'compound' ? state.initial.target[0] : undefined;
}

function isWithin(state: AnyStateNode, other: AnyStateNode): boolean {
  return state === other || (state.parent !== undefined && isWithin(state.parent, other));
}

function idOf(state: AnyStateNode): string {
  return state.id.replace(/[^A-Za-z0-9]+/g, '_');
}
