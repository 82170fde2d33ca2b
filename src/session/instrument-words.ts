import type {Group} from '../model/mixer.ts';

/**
 * One instrument: its group and the words that name it, in small letters without marks. English first, then German,
 * French, Spanish and Italian. The order of the list is the order on the desk.
 */
export interface Instrument {
  readonly group: Group;
  readonly words: readonly string[];
  /** `strong` wins over every other word of a name (a reverb of a vocal is an effect), `weak` yields to every other. */
  readonly weight?: 'strong' | 'weak';
}

/** Splits a line of words at its commas. */
function words(line: string): readonly string[] {
  return line.split(', ');
}

export const instruments: readonly Instrument[] = [
  {
    group: 'drums',
    words: words(
      'kick, kik, kck, kk, bd, kd, kickdrum, kick drum, bass drum, bassdrum, bass drums, grosse trommel, basstrommel, grosse caisse, bombo, grancassa',
    ),
  },
  {
    group: 'drums',
    words: words(
      'snare, snr, sn, sd, sdr, snares, snare drum, rimshot, rim, sidestick, clap, claps, handclaps, snap, snaps, kleine trommel, caisse claire, caja, rullante',
    ),
  },
  {
    group: 'drums',
    words: words('tom, toms, rack, racktom, rack tom, floor tom, floortom, floor, ft, rt, timbali, standtom, hangetom'),
  },
  {
    group: 'drums',
    words: words(
      'hihat, hi hat, hihats, hi hats, hat, hats, hh, hht, charley, charleston, open hat, closed hat, oh hat, becken',
    ),
  },
  {
    group: 'drums',
    words: words(
      'ride, crash, china, splash, cymbal, cymbals, cym, cyms, cymbale, cymbales, platillo, platillos, piatti, piatto',
    ),
  },
  {group: 'drums', words: words('overhead, overheads, oh, ohs, ovh, ovhd, oheads, ovhds')},
  {group: 'drums', words: words('room, rooms, rm, raum, piece, ambience, amb, stanza'), weight: 'weak'},
  {
    group: 'drums',
    words: words(
      'drum, drums, drumkit, drum kit, drumset, kit, schlagzeug, trommel, trommeln, batterie, bateria, batteria, 808, 909, 707, 606, drum machine, breakbeat, dr, drm, drms',
    ),
  },
  {group: 'drums', words: words('beat, beats, break, loop, loops, groove, top loop, rhythm loop'), weight: 'weak'},
  {
    group: 'drums',
    words: words(
      'percussion, perc, percs, prc, shaker, shakers, shkr, tambourine, tamb, tambo, tambourin, conga, congas, bongo, bongos, cowbell, cajon, timbales, triangle, maracas, guiro, claves, clave, woodblock, djembe, tabla, udu, cabasa, agogo, schellenkranz, schellen, rassel, perkussion, pandereta, percusion, percussioni, tamburello, timpani, timpano, pauke, pauken, timbales, taiko, gong, sleigh bells',
    ),
  },
  {
    group: 'bass',
    words: words(
      'bass, basses, bs, bss, bassgitarre, bass guitar, guitar bass, gitarre bass, e bass, ebass, bass gtr, bassgtr, upright, upright bass, double bass, contrabass, kontrabass, contrebasse, contrabajo, contrabbasso, guitare basse, basse, bajo, basso, subbass, sub bass, synth bass, bass synth, sub, reese, 808 bass, slap',
    ),
  },
  {
    group: 'guitars',
    words: words(
      'guitar, guitars, gtr, gtrs, gt, gts, guit, git, gitarre, gitarren, guitare, guitares, guitarra, guitarras, chitarra, chitarre, egtr, eg, elgtr, e gtr, e guitar, eguitar, e gitarre, egitarre, agtr, ag, acgtr, a gtr, akustikgitarre, rhythmusgitarre, leadgitarre, nylon, strat, tele, les paul',
    ),
  },
  {
    group: 'guitars',
    words: words(
      'banjo, mandolin, mandoline, mandolina, ukulele, uke, dobro, lap steel, pedal steel, steel, lapsteel, slide, bouzouki, oud, sitar, lute, laute',
    ),
  },
  {
    group: 'keys',
    words: words(
      'piano, pianos, pno, pf, grand, grand piano, klavier, flugel, pianoforte, epiano, e piano, ep, rhodes, rhds, wurlitzer, wurli, wurly, clav, clavinet, harpsichord, cembalo, clavecin, celesta, celeste, keys, key, keyboard, keyboards, kbd, tasten, claviers, teclado, teclados, tastiera, tastiere',
    ),
  },
  {
    group: 'keys',
    words: words(
      'organ, organs, org, orgel, hammond, b3, orgue, organo, leslie, accordion, akkordeon, accordeon, acordeon, fisarmonica, harmonium, melodica, mellotron, vibraphone, vibes, vibraphon, marimba, xylophone, xylophon, glockenspiel, glock, kalimba, bells, tubular bells, music box',
    ),
  },
  {
    group: 'keys',
    words: words(
      'synth, synths, syn, synthesizer, synthesiser, synthe, sintetizador, sintetizzatore, moog, juno, prophet, dx7, jupiter, minimoog, arp, arps, arpeggio, arpeggiator, pluck, plucks, sequence, seq, sequencer, poly, lead synth, synth lead',
    ),
    weight: 'weak',
  },
  {group: 'keys', words: words('pad, pads, nappe, nappes, flache, flachen, drone, texture, atmo'), weight: 'weak'},
  {
    group: 'strings',
    words: words(
      'strings, string, strg, str, strs, streicher, cordes, cuerdas, archi, violin, violins, vln, vlns, vn, vns, geige, geigen, violine, violinen, violon, violons, violines, violino, violini, fiddle',
    ),
  },
  {group: 'strings', words: words('viola, violas, vla, vlas, bratsche, bratschen, alto violin, viole')},
  {
    group: 'strings',
    words: words(
      'cello, celli, cellos, vc, vcl, vlc, violoncello, violoncelle, violoncelles, violonchelo, string bass',
    ),
  },
  {
    group: 'strings',
    words: words(
      'orchestra, orchester, orchestre, orquesta, orch, harp, harfe, harpe, arpa, quartet, quartett, pizzicato, pizz',
    ),
  },
  {
    group: 'strings',
    words: words(
      'brass, brs, horn, horns, hrn, french horn, trumpet, trumpets, tpt, trp, trompete, trompeten, trompette, trompeta, tromba, trombe, trombone, trombones, tbn, trb, posaune, posaunen, trombon, tuba, flugelhorn, cuivres, metales, ottoni, blaser, corno',
    ),
  },
  {
    group: 'strings',
    words: words(
      'sax, saxes, saxophone, saxophon, saxofon, sassofono, altsax, tenorsax, flute, flutes, fl, flote, floten, flauta, flauto, piccolo, clarinet, clarinets, clar, klarinette, clarinette, clarinete, clarinetto, bass clarinet, oboe, oboen, hautbois, bassoon, fagott, basson, fagot, fagotto, woodwind, woodwinds, winds, holzblaser, recorder, blockflote, harmonica, mundharmonika, bagpipe',
    ),
  },
  {
    group: 'vocals',
    words: words(
      'lead vocal, lead vocals, lead vox, lead voc, lead voice, lead vx, ld vox, ldvox, ld voc, leadvox, leadvocal, leadvocals, lead voc, main vocal, main vocals, main vox, main voc, vocal lead, vocals lead, vox lead, ldv, lv, leadgesang, hauptgesang, hauptstimme, voix principale, chant, chant lead, voz principal, voce principale, vocal main, vox main',
    ),
  },
  {
    group: 'vocals',
    words: words(
      'vocal, vocals, vox, voc, vocs, vx, voice, voices, singer, gesang, stimme, stimmen, sanger, voix, voz, voces, voce, voci, rap, rapper, mc, narration, spoken word, speech, sprache, sprecher, adlib, adlibs, ad lib, ad libs, scream, screams, talkbox, vocoder',
    ),
  },
  {group: 'vocals', words: words('double, dbl, vocal double, vox double, vox dbl, vocal dbl'), weight: 'weak'},
  {
    group: 'vocals',
    words: words(
      'backing vocal, backing vocals, backing vox, backing voc, backing voices, background vocal, background vocals, bg vocals, bg vocal, bg vox, bg vocs, bg voc, bgv, bgvs, bgvox, bvs, bv, bv s, bvox, backing, backings, bvocs, bkg vox, bkgd vox, backup vocals, backvox, harmony, harmonies, harm, harms, harmony vocal, vocal harmony, choir, choirs, chor, chore, choral, coro, coros, cori, choeur, choeurs, backgroundgesang, hintergrundgesang, gang vocals, gang vox, gang, crowd vocals, oohs, oohs aahs, aahs, oohs ahs, ohs ahs, coristas',
    ),
  },
  {
    group: 'effects',
    words: words(
      'fx, sfx, efx, effect, effects, effekt, effekte, effets, effet, efectos, efecto, effetti, effetto, reverb, rev, rvb, verb, reverbs, hall, plate, spring reverb, delay, delays, dly, ddl, echo, echoes, throw, throws, send, return, returns, aux, hall return, chorus fx, riser, risers, sweep, sweeps, impact, impacts, downlifter, uplifter, whoosh, foley, reverse, reversed crash',
    ),
    weight: 'strong',
  },
  {
    group: 'effects',
    words: words(
      'noise, white noise, vinyl, field recording, ambient, atmosphere, atmos, stinger, transition, transitions, hit, hits, boom, drop, rain, wind noise, glitch, glitches',
    ),
    weight: 'weak',
  },
  {
    group: 'other',
    words: words(
      'click, clicktrack, click track, metronome, metronom, metronomo, guide, cue, cues, count, countin, count in, talkback, tb, ltc, smpte, timecode',
    ),
  },
];

/** Words that say which of several microphones, takes or players; they name no instrument, but parts of joined words. */
export const qualifiers: readonly string[] = words(
  'in, out, inside, outside, top, bot, bottom, btm, sub, side, mic, mics, close, near, far, mid, di, amp, left, right, hi, low, high, lo, lead, ld, rhythm, clean, dirty, dist, distorted, heavy, main, solo, double, dbl, verse, chorus, bridge, intro, outro, hook, prechorus, acoustic, electric, dry, wet, mono, stereo, male, female, front, back, mute, muted, soft, hard, loud, open, closed, edge, center, centre, trigger, sample, rack',
);
