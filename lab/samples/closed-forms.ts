/**
 * The reference application's formulas, written a second time and for ideal signals: what its numbers must be if both
 * are right. The extractors' docstrings (`lab/reference-app/src/extractors`) state the same formulas for samples.
 */

import { type Partial, sampleRate, type Waveform } from './catalog.ts';

export const melBands = 64;
export const mfccCount = 13;
/** What silence reads. */
export const silent = { dbfs: -120, lufs: -70, melDb: -100 } as const;
export const pitchClasses = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'] as const;
export type PitchClass = (typeof pitchClasses)[number];

export const decibels = (power: number): number => 10 * Math.log10(power);

/** Mean square: a partial of amplitude A has A²/2, uniform noise between ±A has A²/3. */
export function meanSquare(waveform: Waveform): number {
  switch (waveform.kind) {
    case 'silence':
      return 0;
    case 'noise':
      return waveform.amplitude ** 2 / 3;
    case 'tones':
      return sum(waveform.partials.map(({ amplitude }) => amplitude ** 2 / 2));
  }
}

/** The largest value the waveform can reach. */
export function peak(waveform: Waveform): number {
  switch (waveform.kind) {
    case 'silence':
      return 0;
    case 'noise':
      return waveform.amplitude;
    case 'tones':
      return sum(waveform.partials.map(({ amplitude }) => amplitude));
  }
}

/** LUFS of a steady waveform (ITU-R BS.1770-4): -0.691 + 10·log10 of its mean square behind the K-weighting. */
export function loudness(waveform: Waveform): number {
  switch (waveform.kind) {
    case 'silence':
      return silent.lufs;
    case 'tones':
      return -0.691 + decibels(sum(waveform.partials.map(weightedPower)));
    case 'noise': {
      // White noise is flat up to half the sample rate: its gain is the mean of the power gain over all frequencies.
      const grid = Array.from({ length: 4096 }, (_, index) => ((index + 0.5) / 4096) * (sampleRate / 2));
      return -0.691 + decibels((meanSquare(waveform) * sum(grid.map(kPowerGain))) / grid.length);
    }
  }
}

const weightedPower = ({ hz, amplitude }: Partial) => (amplitude ** 2 / 2) * kPowerGain(hz);

/** |H(f)|² of the K-weighting at the samples' rate: a high shelf of 4 dB and a high pass at 38 Hz. */
export function kPowerGain(hz: number): number {
  const shelf = 10 ** (3.999843853973347 / 20);
  const middle = shelf ** 0.4996667741545416;
  return (
    biquadGain(hz, 1681.974450955533, 0.7071752369554196, (k, q) => [
      shelf + (middle * k) / q + k * k,
      2 * (k * k - shelf),
      shelf - (middle * k) / q + k * k,
      1 + k / q + k * k,
    ]) * biquadGain(hz, 38.13547087602444, 0.5003270373238773, () => [1, -2, 1, 1])
  );
}

function biquadGain(
  hz: number,
  corner: number,
  q: number,
  numerator: (k: number, q: number) => readonly [number, number, number, number],
): number {
  const k = Math.tan((Math.PI * corner) / sampleRate);
  const a0 = 1 + k / q + k * k;
  const [b0, b1, b2, divisor] = numerator(k, q);
  const w = (2 * Math.PI * hz) / sampleRate;
  const power = (c0: number, c1: number, c2: number) =>
    (c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)) ** 2 + (c1 * Math.sin(w) + c2 * Math.sin(2 * w)) ** 2;
  return (
    power(b0 / divisor, b1 / divisor, b2 / divisor) /
    power(1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0)
  );
}

/**
 * The bands that may be strongest: those with at least `share` of the strongest band's power.
 * Partials count by their place in a band's triangle, noise by the triangle's area. Empty for silence.
 */
export function strongestMelBands(waveform: Waveform, share = 0.9): readonly number[] {
  const powers = Array.from({ length: melBands }, (_, band) => melPower(waveform, band));
  const strongest = Math.max(...powers);
  if (strongest === 0) return [];
  return powers.flatMap((power, band) => (power >= share * strongest ? [band] : []));
}

function melPower(waveform: Waveform, band: number): number {
  const [low, centre, high] = [melCorner(band), melCorner(band + 1), melCorner(band + 2)];
  switch (waveform.kind) {
    case 'silence':
      return 0;
    case 'noise':
      return (high - low) / 2;
    case 'tones':
      return sum(
        waveform.partials.map(
          ({ hz, amplitude }) =>
            amplitude ** 2 *
            Math.max(0, Math.min((hz - low) / (centre - low), (high - hz) / (high - centre))),
        ),
      );
  }
}

/** Hz of the corner of a number: corners are equally spaced in mel = 2595·log10(1 + f/700), from 0 to half the rate. */
export function melCorner(index: number): number {
  const top = Math.log10(1 + sampleRate / 2 / 700);
  return 700 * (10 ** ((top * index) / (melBands + 1)) - 1);
}

/** Orthonormal DCT-II, the first 13 coefficients. */
export function cepstrum(melDb: readonly number[]): readonly number[] {
  return Array.from({ length: mfccCount }, (_, i) => {
    const terms = melDb.map((db, band) => db * Math.cos((Math.PI * i * (band + 0.5)) / melDb.length));
    return Math.sqrt((i === 0 ? 1 : 2) / melDb.length) * sum(terms);
  });
}

/** The pitch class of a frequency: the nearest semitone of equal temperament with A4 = 440 Hz. */
export function pitchClass(hz: number): PitchClass {
  const semitone = Math.round(12 * Math.log2(hz / 440)) + 9;
  return pitchClasses[((semitone % 12) + 12) % 12] ?? 'C';
}

/** Chroma of white noise: a class's share of a flat spectrum is its width in Hz. */
export const noiseChroma: readonly number[] = pitchClasses.map((_, index) => 2 ** ((index - 11) / 12));

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
