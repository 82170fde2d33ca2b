import type {ControlEvent, ControlId} from '../model/control.ts';
import type {Cell, Change, OutputId} from '../model/picture.ts';
import {actionOf} from '../surface/action.ts';
import {type ModeNews, newsAfter} from '../surface/automation-text.ts';
import {bind} from '../surface/bind.ts';
import {describeInDb} from '../surface/cell-text.ts';
import type {Heard} from '../surface/dialect.ts';
import type {Handling, Pickup} from '../surface/handling.ts';
import type {Intent} from '../surface/intent.ts';
import {type RenderInput, render} from '../surface/render.ts';
import {springPace} from '../surface/spring.ts';
import {commandsFor, faderTarget, isSameTarget, positionFor, type Target, type UnitContext} from '../surface/target.ts';
import {deviceTravel} from '../surface/travel.ts';
import type {Hand} from './automation-touches.ts';
import {type FaderHand, motorFaderHand, plainFaderHand} from './fader-hand.ts';
import {createHeldKeys} from './held-keys.ts';
import {createSprings} from './springs.ts';
import {createTurnedControls} from './turned-controls.ts';
import type {Unit, UnitOptions} from './unit-contract.ts';
import {createUnitPicture} from './unit-picture.ts';

interface HeldFader {
  readonly control: ControlId;
  readonly fader: FaderHand;
  target: Target | undefined;
}

export function createUnit({key: unit, surface, layout, dialect, outbox, host}: UnitOptions): Unit {
  const pickups = new Map<ControlId, Pickup>();
  const touched = new Map<ControlId, Handling>();
  const hands = new Map<ControlId, HeldFader>();
  let firstStrip = 0;
  /** Whether it was shown the mix since it was opened or restarted. */
  let painted = false;
  let shiftHeld = false;
  let news: ModeNews | undefined;

  const context = (): UnitContext => ({
    surface,
    layout,
    view: host.view,
    shift: host.shift,
    mixer: host.mixer,
    firstStrip,
    automation: host.automation,
  });
  const handle = (control: ControlId, stillHeld: boolean): void => {
    touched.set(control, {atTick: host.lampTick, held: stillHeld});
  };
  const handAt = (control: ControlId): Hand => ({unit, control, by: surface.name});
  const turns = createTurnedControls(host, (control) => faderTarget(context(), control), handAt);
  const keys = createHeldKeys(host, (control) => `${surface.id} ${firstStrip} ${control}`);
  const send = (changes: readonly Change[]): void => {
    if (changes.length > 0) outbox.post(dialect.write(changes));
  };
  const picture = createUnitPicture(surface, {
    send,
    driven: (output, position) => hands.get(output)?.fader.driven(position),
  });

  for (const control of surface.controls.values()) {
    if (control.kind !== 'fader' && control.kind !== 'knob') continue;
    const {id} = control;
    const listener = {
      asked: (position: number) => {
        const target = faderTarget(context(), id);
        if (target === undefined) return;
        host.handMoved(target.strip);
        for (const command of commandsFor(host.mixer, target, position, surface.faders.taper))
          host.perform(command, handAt(id));
      },
      echoed: (position: number) => send([{output: id, cell: {type: 'fader', position}, because: 'echo'}]),
      held: () => {
        picture.hold(id);
        // What waits for the line must not move the fader under the hand; on release it is sent where the mixer is.
        outbox.drop(id);
      },
      freed: () => {
        picture.free(id);
        host.repaintSoon();
      },
      touched: (touching: boolean) => {
        handle(id, touching);
        const target = hands.get(id)?.target;
        if (!touching) host.hands.leave(handAt(id), 'released');
        else if (target !== undefined) host.hands.touched(handAt(id), target);
      },
      pickedUp: (pickup: Pickup | 'unknown') => {
        if (pickup === 'unknown') pickups.delete(id);
        else pickups.set(id, pickup);
        host.repaintSoon();
      },
    };
    const isMotor = surface.outputs.get(id)?.type === 'fader';
    const takeover = surface.faders.takeover ?? layout.takeover ?? 'pick-up';
    const target = faderTarget(context(), id);
    hands.set(id, {
      control: id,
      target,
      fader: isMotor
        ? motorFaderHand(surface, host.clock, listener)
        : plainFaderHand(positionAt(target), takeover, listener),
    });
  }

  function positionAt(target: Target | undefined): number {
    return target === undefined ? 0 : positionFor(host.mixer, target, surface.faders.taper);
  }

  const handled = (event: ControlEvent): void => {
    // A device that starts up moves its own faders: until it was shown the mix, nothing but a touch counts.
    if (!painted && event.type !== 'fader.touched' && event.type !== 'fader.released') return;
    const intents = event.type.startsWith('fader.') ? [] : bind(context(), event);
    const isTouch = event.type !== 'fader.released' && event.type !== 'button.released';
    if (host.reading && isTouch && !intents.some(answersReading))
      host.perform({type: 'advice.close'}, handAt(event.control));
    switch (event.type) {
      case 'fader.touched':
      case 'fader.released':
        hands.get(event.control)?.fader.heard(event);
        break;
      case 'fader.moved':
        handle(event.control, touched.get(event.control)?.held ?? false);
        hands.get(event.control)?.fader.heard(event);
        break;
      case 'spring.moved':
        springs.moved(event.control, event.deflection);
        break;
      case 'encoder.turned':
        handle(event.control, false);
        turns.turned(event.control);
        keys.ask(intents, handAt(event.control));
        break;
      case 'button.pressed':
      case 'button.released':
        shiftHeld =
          actionOf(layout, false, event.control) === 'view.shift' ? event.type === 'button.pressed' : shiftHeld;
        if (surface.ownLamps === true) {
          // It lit or darkened the key itself: what it shows is no longer known.
          picture.forget([`lamp.${event.control}`, `pad.${event.control}`]);
          host.repaintSoon();
        }
        if (event.type === 'button.released') keys.letGo(handAt(event.control));
        keys.ask(intents, handAt(event.control));
        break;
    }
  };
  const springs = createSprings(
    host.clock,
    (control, deflection) => springPace(actionOf(layout, host.shift, control), deflection),
    (control, steps) => handled({type: 'encoder.turned', control, steps}),
  );

  return {
    surface,
    received(bytes) {
      const link: Extract<Heard, {type: `link.${string}`}>[] = [];
      for (const event of dialect.read(bytes)) {
        if (!isOfLink(event)) handled(event);
        else link.push(event);
        // Who is not what it seemed has no hands.
        if (event.type === 'link.refused') break;
      }
      return link;
    },
    paint(scene) {
      painted = true;
      news = newsAfter(news, host.automation.settings, host.mixer, host.lampTick);
      // Copies last: docs/decisions/garbage.md.
      const input: RenderInput = {pickups, touched, modeChanges: news.changedAt, ...context(), ...scene};
      picture.show(render(input), describeInDb(surface.faders.taper, host.view));
    },
    paintMeters: (readingOf, nowMs) =>
      picture.showMeters({view: host.view, mixer: host.mixer, firstStrip}, readingOf, nowMs),
    follow,
    ride,
    setFirstStrip(strips) {
      firstStrip = strips;
      follow();
    },
    forgetShown() {
      painted = false;
      picture.forgetAll();
    },
    restarted: letGo,
    end() {
      letGo();
      for (const {fader} of hands.values()) fader.stop();
    },
  };

  function follow(): void {
    const now = context();
    turns.follow();
    for (const hand of hands.values()) {
      const target = faderTarget(now, hand.control);
      const position = positionAt(target);
      const same = isSameTarget(target, hand.target);
      hand.target = target;
      if (!same) host.hands.leave(handAt(hand.control), 'left');
      if (same) {
        hand.fader.targetMoved(position);
      } else {
        hand.fader.reassigned(position);
        picture.forgetMeters();
      }
    }
  }

  function ride(): void {
    const motors = new Map<OutputId, Cell>();
    for (const {control, fader, target} of hands.values()) {
      if (target === undefined) continue;
      const position = positionAt(target);
      fader.targetMoved(position);
      if (surface.outputs.get(control)?.type === 'fader')
        motors.set(control, {type: 'fader', position: deviceTravel(surface.faders, position)});
    }
    if (painted) picture.show(motors, describeInDb(surface.faders.taper, host.view));
  }

  /** Whatever held its controls is gone with the device. */
  function letGo(): void {
    host.hands.lost(unit);
    turns.clear();
    for (const {fader} of hands.values()) fader.lost();
    keys.letGoOfAll();
    springs.rest();
    if (shiftHeld) host.perform({type: 'view.shift', held: false}, handAt('shift'));
    shiftHeld = false;
  }
}

function isOfLink(event: Heard): event is Extract<Heard, {type: `link.${string}`}> {
  return event.type.startsWith('link.');
}

/** Whether a hand that asks for this goes on with the advice that is being read. */
function answersReading({type}: Intent): boolean {
  return type === 'advice.read' || type === 'gain.cancel';
}
