import { type Sample, sampleRate, type Waveform } from './catalog.ts';

const bytesPerSample = 2;
const headerBytes = 44;
const fullScale = 32_767;

/** A sample as a WAV file: 16-bit PCM, one channel. The same sample gives the same bytes. */
export function wavFile(sample: Sample): Buffer {
  const count = Math.round(sample.seconds * sampleRate);
  const file = Buffer.alloc(headerBytes + count * bytesPerSample);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * bytesPerSample, 28);
  file.writeUInt16LE(bytesPerSample, 32);
  file.writeUInt16LE(8 * bytesPerSample, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(count * bytesPerSample, 40);
  const value = generator(sample.waveform);
  for (let index = 0; index < count; index += 1) {
    file.writeInt16LE(
      Math.round(fullScale * value(index / sampleRate)),
      headerBytes + index * bytesPerSample,
    );
  }
  return file;
}

/** The waveform as a function of time in seconds, called once for each sample in order. */
function generator(waveform: Waveform): (time: number) => number {
  switch (waveform.kind) {
    case 'silence':
      return () => 0;
    case 'tones':
      return (time) =>
        waveform.partials.reduce(
          (sum, { hz, amplitude }) => sum + amplitude * Math.sin(2 * Math.PI * hz * time),
          0,
        );
    case 'noise': {
      const random = mulberry32(waveform.seed);
      return () => waveform.amplitude * (2 * random() - 1);
    }
  }
}

/** Tommy Ettinger's mulberry32: uniform in [0, 1), 32 bits of state, in integer arithmetic alone. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
