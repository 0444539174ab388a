/** Samples per second of every sample file. */
export const sampleRate = 22_050;

/** One partial of a tone: `amplitude · sin(2π · hz · t)`, full scale = 1. */
export interface Partial {
  readonly hz: number;
  readonly amplitude: number;
}

/** What a sample file holds. */
export type Waveform =
  | { readonly kind: 'tones'; readonly partials: readonly Partial[] }
  /** Uniform between ±amplitude, from a seeded generator. */
  | { readonly kind: 'noise'; readonly amplitude: number; readonly seed: number }
  | { readonly kind: 'silence' };

/** One file of `examples/audio`. */
export interface Sample {
  readonly name: string;
  readonly seconds: number;
  readonly waveform: Waveform;
}

/** Hz of a note, `semitones` above A4 = 440 Hz in equal temperament. */
const note = (semitones: number) => 440 * 2 ** (semitones / 12);

/** All samples. Everything else about them, their bytes and their features, follows from these lines. */
export const samples: readonly Sample[] = [
  {
    name: 'c-major-chord',
    seconds: 3,
    waveform: { kind: 'tones', partials: [-9, -5, -2].map((step) => ({ hz: note(step), amplitude: 0.2 })) },
  },
  { name: 'silence', seconds: 2, waveform: { kind: 'silence' } },
  {
    name: 'sine-1000',
    seconds: 2,
    waveform: { kind: 'tones', partials: [{ hz: 1000, amplitude: 0.25 }] },
  },
  { name: 'sine-440', seconds: 2, waveform: { kind: 'tones', partials: [{ hz: 440, amplitude: 0.5 }] } },
  { name: 'white-noise', seconds: 3, waveform: { kind: 'noise', amplitude: 0.3, seed: 1 } },
];
