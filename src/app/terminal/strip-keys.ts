import {findStrip, type Mixer, masterId, type StripId} from '../../model/mixer.ts';
import {deskTaper, levelAt, positionOf} from '../../model/taper.ts';
import type {View} from '../../model/view.ts';
import type {Intent} from '../../surface/intent.ts';
import {hasParameter} from '../../surface/ownership.ts';

/** What keys that change the selected strip need to know. */
export interface StripContext {
  readonly mixer: Mixer;
  readonly view: View;
}

/** What is asked of the selected strip; nothing while none is. */
export function withStrip(view: View, make: (strip: StripId) => readonly Intent[]): readonly Intent[] {
  return view.selected === undefined ? [] : make(view.selected);
}

/** The fader moved by so much of its travel, to tenths of a dB. */
export function moveFader({mixer, view}: StripContext, by: number): readonly Intent[] {
  return withStrip(view, (strip) => {
    const levelDb = strip === masterId ? mixer.masterLevelDb : findStrip(mixer, strip)?.levelDb;
    if (levelDb === undefined) return [];
    const position = positionOf(deskTaper, levelDb) + by;
    const next = Math.round(levelAt(deskTaper, Math.min(1, position)) * 10) / 10;
    return [{type: 'strip.setLevel', strip, levelDb: next}];
  });
}

/** Pan moved by so much, in tenths of the way to a side. */
export function movePan({mixer, view}: StripContext, by: number): readonly Intent[] {
  return withStrip(view, (id) => {
    const strip = findStrip(mixer, id);
    if (strip === undefined || !hasParameter(mixer, strip, 'pan')) return [];
    return [{type: 'strip.setPan', strip: id, pan: Math.round((strip.pan + by) * 10) / 10}];
  });
}

/** Trim moved by so many dB. */
export function moveTrim({mixer, view}: StripContext, by: number): readonly Intent[] {
  return withStrip(view, (id) => {
    const strip = findStrip(mixer, id);
    if (strip === undefined || !hasParameter(mixer, strip, 'trim')) return [];
    return [{type: 'strip.setTrim', strip: id, trimDb: strip.trimDb + by}];
  });
}

/** A switch of the selected strip the other way; the master has none of them. */
export function toggle(
  {mixer, view}: StripContext,
  what: 'muted' | 'soloed' | 'soloSafe' | 'polarityInverted',
): readonly Intent[] {
  return withStrip(view, (id) => {
    const strip = findStrip(mixer, id);
    if (strip === undefined) return [];
    switch (what) {
      case 'muted':
        return [{type: 'strip.setMute', strip: id, muted: !strip.muted}];
      case 'soloed':
        return [{type: 'strip.setSolo', strip: id, soloed: !strip.soloed}];
      case 'soloSafe':
        return [{type: 'strip.setSoloSafe', strip: id, soloSafe: !strip.soloSafe}];
      case 'polarityInverted':
        return hasParameter(mixer, strip, 'polarity')
          ? [{type: 'strip.setPolarity', strip: id, polarityInverted: !strip.polarityInverted}]
          : [];
    }
  });
}
