import type {ReferenceComparison} from '../../gain/reference-compare.ts';
import {ruleTableVersion} from '../../gain/rules.ts';
import type {TargetComparison} from '../../gain/target-compare.ts';
import {bandCentresHz} from '../../gain/third-octave.ts';
import {type DeliveryTargetRow, deliveryTargetsVersion} from '../../model/delivery-target.ts';
import type {History, LevelFigures, TrackFigures} from './figures.ts';
import type {FileReport, MixReport, Programme, Report, StripReport} from './report.ts';
import type {TrimProposal} from './trim-proposal.ts';
import type {LoggedWarning} from './warning-log.ts';

/** Rises when a name disappears or changes its meaning. */
export const reportSchemaVersion = 1;

/** A number as JSON can hold it, to a thousandth: silence, the infinite and the unknown are null. */
function rounded(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? Math.round(value * 1000) / 1000 + 0 : null;
}

const each = (values: readonly (number | undefined)[]): readonly (number | null)[] => values.map(rounded);

/** The report for programs, as docs/report.schema.json describes it. */
export function reportJson(report: Report): string {
  const {subject, target, references, problems, soundSeconds, elapsedSeconds} = report;
  const answer = {
    schemaVersion: reportSchemaVersion,
    standard: 'ITU-R BS.1770-5, EBU Tech 3341 and 3342',
    ruleTableVersion,
    deliveryTargetsVersion,
    thirdOctaveCentresHz: each(bandCentresHz),
    session:
      subject.type === 'session'
        ? {
            name: subject.name,
            folder: subject.folder,
            sampleRateHz: subject.sampleRate,
            strips: subject.strips.map(stripFields),
            mix: mixFields(subject.mix),
          }
        : null,
    files: subject.type === 'files' ? subject.files.map(fileFields) : [],
    target: target === undefined ? null : targetFields(target),
    references: references.map(({path, name, figures}) => ({path, name, figures: trackFields(figures)})),
    problems,
    soundSeconds: rounded(soundSeconds),
    elapsedSeconds: rounded(elapsedSeconds),
    timesRealTime: rounded(soundSeconds / elapsedSeconds),
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function stripFields(strip: StripReport) {
  const {id, name, kind, group, channels, muted, trimDb, recorded, pre, post, trim, warnings} = strip;
  return {
    ...{id, name, kind, group, channels, muted},
    trimDb: rounded(trimDb),
    recorded: recorded === undefined ? null : trackFields(recorded),
    pre: {...levelFields(pre), history: historyFields(pre.history)},
    post: levelFields(post),
    proposedTrim: trimFields(trim),
    warnings: warnings.map(warningFields),
  };
}

function mixFields(mix: MixReport) {
  const {vocal, overs} = mix;
  return {
    ...programmeFields(mix),
    samplesHeldByCeiling: overs,
    vocal:
      vocal === undefined
        ? null
        : {
            strips: vocal.strips,
            balanceLu: rounded(vocal.balanceLu),
            activeSeconds: rounded(vocal.activeSeconds),
            advice: vocal.advice ?? null,
          },
  };
}

function fileFields(file: FileReport) {
  const {path, name, as, format, channels, sampleRate, bits, trim} = file;
  return {
    ...{path, name, as, format, channels},
    sampleRateHz: sampleRate,
    bits: bits ?? null,
    ...programmeFields(file),
    proposedTrim: trimFields(trim),
  };
}

function programmeFields({figures, warnings, target, references}: Programme) {
  return {
    figures: trackFields(figures),
    warnings: warnings.map(warningFields),
    targetComparison: target === undefined ? null : comparisonFields(target),
    referenceComparisons: references.map(referenceFields),
  };
}

function levelFields(figures: LevelFigures) {
  const {samplePeakDb, truePeakDb, workingPeakDb, rmsDb, loudness} = figures;
  return {
    samplePeakDbfs: rounded(samplePeakDb),
    truePeakDbtp: rounded(truePeakDb),
    workingPeakDbfs: rounded(workingPeakDb),
    rmsDbfs: rounded(rmsDb),
    integratedLufs: rounded(loudness.integratedLufs),
    rangeLu: rounded(loudness.rangeLu),
    rangeIsStable: loudness.rangeIsStable,
    maxMomentaryLufs: rounded(loudness.maxMomentaryLufs),
    maxShortTermLufs: rounded(loudness.maxShortTermLufs),
  };
}

function trackFields(figures: TrackFigures) {
  const {image, spectrum, history} = figures;
  return {
    seconds: rounded(figures.seconds),
    ...levelFields(figures),
    peakToLoudnessDb: rounded(figures.plrDb),
    lowestPeakToShortTermDb: rounded(figures.lowestPsrDb),
    medianPeakToShortTermDb: rounded(figures.medianPsrDb),
    crestDb: rounded(figures.crestDb),
    floorDbfs: rounded(figures.floorDb),
    dcDbfs: rounded(figures.dcDb),
    clippedRuns: figures.clippedRuns,
    nonFiniteSamples: figures.nonFinite,
    correlation: rounded(image?.correlation),
    lowestCorrelation: rounded(image?.lowestCorrelation?.value),
    lowestCorrelationAtSeconds: rounded(image?.lowestCorrelation?.atSeconds),
    monoFoldDb: rounded(image?.monoFoldDb),
    balanceLu: rounded(image?.balanceLu),
    widthDb: rounded(image?.widthDb),
    thirdOctavesDb: spectrum.bands.map((band) => rounded(band === undefined ? undefined : 10 * Math.log10(band))),
    lowEndShareDb: rounded(spectrum.lowShare === undefined ? undefined : 10 * Math.log10(spectrum.lowShare)),
    history: historyFields(history),
  };
}

function historyFields({stepSeconds, peakDb, momentaryLufs, shortTermLufs, integratedLufs}: History) {
  return {
    stepSeconds: rounded(stepSeconds),
    peakDbfs: each(peakDb),
    momentaryLufs: each(momentaryLufs),
    shortTermLufs: each(shortTermLufs),
    integratedLufs: each(integratedLufs),
  };
}

function trimFields(trim: TrimProposal | undefined) {
  if (trim === undefined) return null;
  const {fromDb, toDb, faderDb, limited} = trim;
  return {fromDb: rounded(fromDb), toDb: rounded(toDb), faderDb: rounded(faderDb), limited};
}

function warningFields({rule, severity, short, advice, ranges}: LoggedWarning) {
  return {
    ...{rule, severity, short, advice},
    ranges: ranges.map(({fromSeconds, toSeconds}) => ({
      fromSeconds: rounded(fromSeconds),
      toSeconds: rounded(toSeconds),
    })),
  };
}

/** A delivery target; also what `--targets` lists. */
export function targetFields(target: DeliveryTargetRow) {
  const {id, name, kind, toleranceLu, standing, source, readOn, note, maxShortTermLufs, lossyCeilingDbtp} = target;
  return {
    ...{id, name, kind},
    integratedLufs: target.integratedLufs,
    toleranceLu,
    truePeakCeilingDbtp: target.ceilingDbtp,
    lossyTruePeakCeilingDbtp: lossyCeilingDbtp ?? null,
    maxShortTermLufs: maxShortTermLufs ?? null,
    ...{standing, source, readOn},
    note: note ?? null,
  };
}

function comparisonFields(comparison: TargetComparison) {
  const {distanceLu, loudness, peakFits, shortTermFits, gainDb, peakAfterGainDb, advice} = comparison;
  return {
    distanceLu: rounded(distanceLu),
    loudness,
    peakFits: peakFits ?? null,
    shortTermFits: shortTermFits ?? null,
    gainDb: rounded(gainDb),
    truePeakAfterGainDbtp: rounded(peakAfterGainDb),
    advice,
  };
}

function referenceFields(comparison: ReferenceComparison) {
  return {
    loudnessDifferenceLu: rounded(comparison.loudnessLu),
    matchGainDb: rounded(comparison.matchGainDb),
    thirdOctaveDifferencesDb: each(comparison.bandsDb),
    lowEndDifferenceDb: rounded(comparison.lowEndDb),
    widthDifferenceDb: rounded(comparison.widthDb),
    rangeDifferenceLu: rounded(comparison.rangeLu),
    lowestPeakToShortTermDifferenceDb: rounded(comparison.lowestPsrDb),
    medianPeakToShortTermDifferenceDb: rounded(comparison.medianPsrDb),
    advice: comparison.advice,
  };
}
