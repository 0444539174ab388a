import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sample, sampleRate, samples } from '../../../lab/samples/catalog.ts';
import {
  cepstrum,
  decibels,
  kPowerGain,
  loudness,
  meanSquare,
  melBands,
  melCorner,
  noiseChroma,
  peak,
  pitchClass,
  pitchClasses,
  silent,
  strongestMelBands,
} from '../../../lab/samples/closed-forms.ts';
import { checkFeatures, type Features } from '../../../lab/samples/expected.ts';
import { wavFile } from '../../../lab/samples/wav.ts';

const examples = join(import.meta.dirname, '../../../examples/audio');

describe('the sample files', () => {
  it('are exactly those of the catalogue, byte for byte', async () => {
    const names = (await readdir(examples)).filter((name) => name.endsWith('.wav')).sort();
    expect(names).toEqual(samples.map(({ name }) => `${name}.wav`).sort());
    for (const sample of samples) {
      expect(
        (await readFile(join(examples, `${sample.name}.wav`))).equals(wavFile(sample)),
        sample.name,
      ).toBe(true);
    }
  });

  it.each(samples)(
    '$name: samples have the RMS and stay within the peak that the closed forms state',
    (sample) => {
      const values = decode(wavFile(sample));
      const power = values.reduce((total, value) => total + value * value, 0) / values.length;
      const expected = meanSquare(sample.waveform);
      expect(Math.abs(power - expected)).toBeLessThanOrEqual(0.01 * expected);
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(peak(sample.waveform) + 1 / 32_767);
      expect(values).toHaveLength(sample.seconds * sampleRate);
    },
  );

  it.each(samples)('$name: at most 150 kB', (sample) => {
    expect(wavFile(sample).length).toBeLessThanOrEqual(150_000);
  });
});

describe('the closed forms', () => {
  it('a sine of amplitude A has an RMS of A/√2', () => {
    expect(meanSquare({ kind: 'tones', partials: [{ hz: 440, amplitude: 0.5 }] })).toBeCloseTo(0.125, 12);
  });

  it('the K-weighting is flat around 400 Hz, lifts 4 dB at the top and takes the bottom away', () => {
    expect(decibels(kPowerGain(400))).toBeCloseTo(0, 0);
    expect(Math.abs(decibels(kPowerGain(sampleRate / 2)) - 4)).toBeLessThan(0.1);
    expect(decibels(kPowerGain(10))).toBeLessThan(-20);
  });

  it('a full-scale sine at 997 Hz reads -3.01 LUFS, the calibration point of BS.1770', () => {
    const full = loudness({ kind: 'tones', partials: [{ hz: 997, amplitude: 1 }] });
    expect(full).toBeGreaterThan(-3.06);
    expect(full).toBeLessThan(-2.96);
  });

  it('a tone on a band centre is strongest in that band alone', () => {
    for (const band of [0, 10, 40, melBands - 1]) {
      const tone = { kind: 'tones', partials: [{ hz: melCorner(band + 1), amplitude: 0.1 }] } as const;
      expect(strongestMelBands(tone)).toEqual([band]);
    }
  });

  it('mel corners run from 0 Hz to half the sample rate', () => {
    expect(melCorner(0)).toBe(0);
    expect(melCorner(melBands + 1)).toBeCloseTo(sampleRate / 2, 6);
  });

  it.each([
    [440, 'A'],
    [261.63, 'C'],
    [1000, 'B'],
    [27.5, 'A'],
    [466.16, 'A#'],
  ] as const)('%d Hz is %s', (hz, name) => {
    expect(pitchClass(hz)).toBe(name);
  });

  it('the cepstrum of a flat spectrum is its level times √bands, and nothing else', () => {
    const [first, ...rest] = cepstrum(Array.from({ length: melBands }, () => -100));
    expect(first).toBeCloseTo(-800, 9);
    for (const value of rest) expect(value).toBeCloseTo(0, 9);
  });
});

describe('checkFeatures', () => {
  it.each(samples)('$name: accepts ideal features', (sample) => {
    expect(checkFeatures(sample.name, ideal(sample))).toEqual([]);
  });

  const sine = samples.find(({ name }) => name === 'sine-440') as Sample;
  const good = ideal(sine);
  it.each<[string, Features, RegExp]>([
    [
      'half the amplitude',
      { ...good, loudness: { ...good.loudness, rms_dbfs: -15.05 } },
      /rms_dbfs is -15.05 instead of -9.03/,
    ],
    [
      'a clipped peak',
      { ...good, loudness: { ...good.loudness, peak_dbfs: 0 } },
      /peak_dbfs is 0 instead of -6.02/,
    ],
    [
      'loudness without the weighting',
      { ...good, loudness: { ...good.loudness, integrated_lufs: -9.03 } },
      /integrated_lufs/,
    ],
    [
      'a cut file',
      { ...good, loudness: { ...good.loudness, duration_seconds: 1.9 } },
      /duration_seconds is 1.9 instead of 2 /,
    ],
    ['the next mel band', { ...good, mel: { ...good.mel, peak_band: 11 } }, /peak_band is 11 instead of 10/],
    ['no mel band', { ...good, mel: { ...good.mel, peak_band: null } }, /peak_band is null instead of 10/],
    [
      'too few bands',
      { ...good, mel: { ...good.mel, mean_db: [1, 2] } },
      /mean_db has 2 bands instead of 64/,
    ],
    [
      'one wrong coefficient',
      {
        ...good,
        mfcc: { ...good.mfcc, mean: good.mfcc.mean.map((value, i) => (i === 3 ? value + 0.1 : value)) },
      },
      /mfcc\.mean\[3\]/,
    ],
    ['too few coefficients', { ...good, mfcc: { ...good.mfcc, mean: [] } }, /mfcc has 0 means/],
    [
      'a semitone up',
      { ...good, chroma: { mean: oneHot('A#'), peak_class: 'A#' } },
      /chroma is strongest in A# instead of A/,
    ],
  ])('refuses %s with a message', (_, features, message) => {
    const mismatches = checkFeatures('sine-440', features);
    expect(mismatches.join('\n')).toMatch(message);
  });

  it('refuses a chord without its third', () => {
    const chord = samples.find(({ name }) => name === 'c-major-chord') as Sample;
    const mean = pitchClasses.map((name) => ({ C: 1, G: 0.9, F: 0.2 })[name as 'C'] ?? 0);
    expect(checkFeatures(chord.name, { ...ideal(chord), chroma: { mean, peak_class: 'C' } })).toEqual([
      'chroma is strongest in C F G instead of C E G',
    ]);
  });

  it('refuses noise that has a pitch, and silence that is heard', () => {
    const heard = { mean: oneHot('A'), peak_class: 'A' } as const;
    for (const name of ['white-noise', 'silence']) {
      const sample = samples.find((one) => one.name === name) as Sample;
      expect(checkFeatures(name, { ...ideal(sample), chroma: heard })).not.toEqual([]);
    }
  });

  it('names each missing part', () => {
    expect(checkFeatures('sine-440', {})).toEqual([
      'loudness: missing',
      'mel: missing',
      'mfcc: missing',
      'chroma: missing',
    ]);
  });

  it('refuses another file', () => {
    expect(checkFeatures('unknown', ideal(sine))).toEqual([expect.stringContaining('unknown is no sample')]);
  });
});

/** Features as the mathematics has them, in the manifest's shape. */
function ideal({ waveform, seconds }: Sample): Features {
  const power = meanSquare(waveform);
  const quiet = waveform.kind === 'silence';
  const band = strongestMelBands(waveform)[0] ?? null;
  const meanDb = Array.from({ length: melBands }, (_, index) =>
    quiet ? silent.melDb : index === band ? -12 : -60,
  );
  const classes = waveform.kind === 'tones' ? waveform.partials.map(({ hz }) => pitchClass(hz)) : [];
  return {
    loudness: {
      rms_dbfs: quiet ? silent.dbfs : decibels(power),
      peak_dbfs: quiet ? silent.dbfs : 2 * decibels(peak(waveform)),
      integrated_lufs: loudness(waveform),
      duration_seconds: seconds,
      channels: 1,
    },
    mel: {
      n_mels: melBands,
      sample_rate: sampleRate,
      mean_db: meanDb,
      peak_band: band,
      peak_hz: band === null ? null : melCorner(band + 1),
    },
    mfcc: { n_mfcc: 13, mean: cepstrum(meanDb), std: Array.from({ length: 13 }, () => 0) },
    chroma: {
      mean:
        waveform.kind === 'noise'
          ? noiseChroma
          : pitchClasses.map((name) => (classes.includes(name) ? 1 : 0)),
      peak_class: waveform.kind === 'noise' ? 'B' : (classes[0] ?? null),
    },
  };
}

function oneHot(wanted: string): readonly number[] {
  return pitchClasses.map((name) => (name === wanted ? 1 : 0));
}

function decode(file: Buffer): readonly number[] {
  return Array.from(
    { length: (file.length - 44) / 2 },
    (_, index) => file.readInt16LE(44 + 2 * index) / 32_767,
  );
}
