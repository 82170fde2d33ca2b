import {type Actor, createActor} from 'xstate';
import {isShifted, layersOf, viewMachine, viewOf} from '../machines/view.ts';
import {mainSection, viewedSection} from '../model/desk-section.ts';
import type {Layout} from '../model/layout.ts';
import type {Mixer} from '../model/mixer.ts';
import {meterTap, showsReduction, type View} from '../model/view.ts';
import type {ViewIntent} from '../surface/intent.ts';
import {actorClock, type Clock} from './clock.ts';

/** Channel strips of a bank while no surface is connected. */
const bareBank = 8;

/** What the sections of the desk show. */
export interface DeskViews {
  /** Of a section, or of the one that it follows; of the main section if there is none of that name. */
  of(section?: string): View;
  /** Whether any section's meters show what no meter of the chosen kind tells: inputs, or what dynamics take away. */
  readonly showsMeasures: boolean;
  /** Whether a shift key is held anywhere. */
  readonly shift: boolean;
  /** A hand at a section asks. A strip is selected, and shift is held, on all sections at once; all else is one section's own. */
  ask(intent: ViewIntent, section?: string): void;
  /** So many channel strips stand in each section that has units. */
  arranged(strips: ReadonlyMap<string, number>): void;
  rerouted(mixer: Mixer): void;
  /** Calls back after each change of any view; one listener. */
  onChanged(listener: () => void): void;
  stop(): void;
}

/** A view for each section of the layout that follows no other. */
export function createDeskViews(layout: Layout, mixer: Mixer, clock: Clock): DeskViews {
  let changed = (): void => {};
  const sections = layout.sections ?? [];
  const actors = new Map<string, Actor<typeof viewMachine>>();
  const views = new Map<string, View>();
  const viewed = (section: string): string => {
    const id = viewedSection(sections, section);
    return actors.has(id) ? id : mainSection;
  };
  const own = sections.filter(({follows}) => follows === undefined);
  const main = own.find(({id}) => id === mainSection) ?? {id: mainSection, shows: 'all' as const};
  for (const section of [main, ...own.filter(({id}) => id !== mainSection)]) {
    const {shows, layer} = 'units' in section ? section : {shows: section.shows, layer: undefined};
    const input = {...layersOf(layout), strips: mixer.strips, bankSize: bareBank, shows, layer};
    const actor = createActor(viewMachine, {input, clock: actorClock(clock)}).start();
    actors.set(section.id, actor);
    views.set(section.id, viewOf(actor.getSnapshot()));
  }
  for (const [id, actor] of actors) {
    actor.subscribe((snapshot) => {
      const view = viewOf(snapshot);
      const {selected} = view;
      const isSelected = selected !== views.get(id)?.selected;
      views.set(id, view);
      if (isSelected && selected !== undefined) {
        for (const [other, {selected: there}] of views) {
          if (there !== selected) actors.get(other)?.send({type: 'view.selectedElsewhere', strip: selected});
        }
      }
      changed();
    });
  }
  const view = (section: string): View => {
    const found = views.get(viewed(section));
    if (found === undefined) throw new Error('there is always a main section');
    return found;
  };

  return {
    of: (section = mainSection) => view(section),
    get showsMeasures() {
      for (const view of views.values()) if (meterTap(view) === 'in' || showsReduction(view)) return true;
      return false;
    },
    get shift() {
      return [...actors.values()].some((actor) => isShifted(actor.getSnapshot()));
    },
    ask(intent, section = mainSection) {
      if (intent.type === 'view.shift') for (const actor of actors.values()) actor.send(intent);
      else actors.get(viewed(section))?.send(intent);
    },
    arranged(strips) {
      for (const [id, actor] of actors) {
        // Where nothing of its own is plugged in, those that follow say how far a bank goes.
        const followers = sections
          .filter(({follows}) => follows === id)
          .map((follower) => strips.get(follower.id) ?? 0);
        actor.send({type: 'rig.resized', bankSize: strips.get(id) || Math.max(0, ...followers) || bareBank});
      }
    },
    rerouted({strips}) {
      for (const actor of actors.values()) actor.send({type: 'mixer.rerouted', strips});
    },
    onChanged(listener) {
      changed = listener;
    },
    stop() {
      for (const actor of actors.values()) actor.stop();
    },
  };
}
