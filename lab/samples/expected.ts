import { type Sample, samples, type Waveform } from './catalog.ts';
import {
  cepstrum,
  decibels,
  loudness,
  meanSquare,
  melBands,
  mfccCount,
  noiseChroma,
  type PitchClass,
  peak,
  pitchClass,
  pitchClasses,
  silent,
  strongestMelBands,
} from './closed-forms.ts';

/** What the reference application's manifest holds under `features`. */
export interface Features {
  readonly loudness: {
    readonly rms_dbfs: number;
    readonly peak_dbfs: number;
    readonly integrated_lufs: number;
    readonly duration_seconds: number;
    readonly channels: number;
  };
  readonly mel: {
    readonly n_mels: number;
    readonly sample_rate: number;
    /** Mean level of each band, dB. */
    readonly mean_db: readonly number[];
    /** Null for silence. */
    readonly peak_band: number | null;
    readonly peak_hz: number | null;
  };
  readonly mfcc: {
    readonly n_mfcc: number;
    readonly mean: readonly number[];
    readonly std: readonly number[];
  };
  readonly chroma: {
    /** C … B, the strongest 1. */
    readonly mean: readonly number[];
    /** Null for silence. */
    readonly peak_class: PitchClass | null;
  };
}

/** How far a measured number may be from the closed form: windows leak, tones do not end on a whole period. */
const tolerance = { db: 0.05, lufs: 0.1, noiseLufs: 0.3, mfcc: 1e-6, chroma: 0.1, seconds: 1e-6 };

/**
 * Compares what came out for a sample with what follows from its waveform.
 * @param name of the sample, without `.wav`.
 * @param features may lack parts: each missing one is a mismatch.
 * @returns one sentence for each mismatch; empty when all is right.
 */
export function checkFeatures(
  name: string,
  features: { readonly [part in keyof Features]?: Features[part] },
): string[] {
  const sample = samples.find((one) => one.name === name);
  if (sample === undefined)
    return [`${name} is no sample of lab/samples/catalog.ts: nothing is known about it`];
  const missing = (['loudness', 'mel', 'mfcc', 'chroma'] as const).filter(
    (part) => features[part] === undefined,
  );
  return [
    ...missing.map((part) => `${part}: missing`),
    ...(features.loudness === undefined ? [] : checkLoudness(sample, features.loudness)),
    ...(features.mel === undefined ? [] : checkMel(sample.waveform, features.mel)),
    ...(features.mfcc === undefined || features.mel === undefined
      ? []
      : checkMfcc(sample.waveform, features.mfcc, features.mel.mean_db)),
    ...(features.chroma === undefined ? [] : checkChroma(sample.waveform, features.chroma)),
  ];
}

function checkLoudness({ waveform, seconds }: Sample, found: Features['loudness']): string[] {
  const power = meanSquare(waveform);
  const single = waveform.kind !== 'tones' || waveform.partials.length === 1;
  const highest = power === 0 ? silent.dbfs : 2 * decibels(peak(waveform));
  return [
    near('loudness.rms_dbfs', found.rms_dbfs, power === 0 ? silent.dbfs : decibels(power), tolerance.db),
    // How far several tones add up depends on their phases: their sum is only the bound.
    single || found.peak_dbfs > highest + tolerance.db
      ? near('loudness.peak_dbfs', found.peak_dbfs, highest, tolerance.db)
      : undefined,
    near(
      'loudness.integrated_lufs',
      found.integrated_lufs,
      loudness(waveform),
      waveform.kind === 'noise' ? tolerance.noiseLufs : tolerance.lufs,
    ),
    near('loudness.duration_seconds', found.duration_seconds, seconds, tolerance.seconds),
  ].filter((mismatch) => mismatch !== undefined);
}

function checkMel(waveform: Waveform, found: Features['mel']): string[] {
  const allowed = strongestMelBands(waveform);
  const right = allowed.length === 0 ? found.peak_band === null : allowed.includes(found.peak_band ?? -1);
  const levels =
    waveform.kind === 'silence'
      ? found.mean_db.map((db, band) => near(`mel.mean_db[${band}]`, db, silent.melDb, 1e-9))
      : [];
  return [
    found.mean_db.length === melBands
      ? undefined
      : `mel.mean_db has ${found.mean_db.length} bands instead of ${melBands}`,
    right ? undefined : `mel.peak_band is ${found.peak_band} instead of ${allowed.join(' or ') || 'null'}`,
    ...levels,
  ].filter((mismatch) => mismatch !== undefined);
}

/** The cosine transform is linear: the mean coefficients must be those of the mean levels, whatever the sound. */
function checkMfcc(waveform: Waveform, found: Features['mfcc'], melDb: readonly number[]): string[] {
  if (found.mean.length !== mfccCount || found.std.length !== mfccCount)
    return [`mfcc has ${found.mean.length} means and ${found.std.length} deviations instead of ${mfccCount}`];
  const steady =
    waveform.kind === 'silence'
      ? found.std.map((std, i) => near(`mfcc.std[${i}]`, std, 0, tolerance.mfcc))
      : [];
  return [
    ...cepstrum(melDb).map((expected, i) => near(`mfcc.mean[${i}]`, found.mean[i], expected, tolerance.mfcc)),
    ...steady,
  ].filter((mismatch) => mismatch !== undefined);
}

function checkChroma(waveform: Waveform, found: Features['chroma']): string[] {
  if (found.mean.length !== pitchClasses.length)
    return [`chroma.mean has ${found.mean.length} classes instead of 12`];
  switch (waveform.kind) {
    case 'silence': {
      const quiet = found.peak_class === null && found.mean.every((share) => share === 0);
      return quiet ? [] : [`chroma of silence is ${found.peak_class} with ${found.mean.join(' ')}`];
    }
    case 'noise':
      return noiseChroma
        .map((share, index) =>
          near(`chroma.mean of ${pitchClasses[index]}`, found.mean[index], share, tolerance.chroma),
        )
        .filter((mismatch) => mismatch !== undefined);
    case 'tones': {
      const expected = [...new Set(waveform.partials.map(({ hz }) => pitchClass(hz)))].sort();
      const strongest = pitchClasses
        .map((name, index) => ({ name, share: found.mean[index] ?? 0 }))
        .sort((a, b) => b.share - a.share)
        .slice(0, expected.length)
        .map(({ name }) => name)
        .sort();
      const right = strongest.join(' ') === expected.join(' ') && expected.includes(found.peak_class ?? 'C');
      return right ? [] : [`chroma is strongest in ${strongest.join(' ')} instead of ${expected.join(' ')}`];
    }
  }
}

function near(what: string, found: number | undefined, expected: number, within: number): string | undefined {
  if (found !== undefined && Math.abs(found - expected) <= within) return undefined;
  return `${what} is ${found} instead of ${Number(expected.toFixed(6))} ± ${within}`;
}
