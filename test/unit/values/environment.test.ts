import { describe, expect, it } from 'vitest';
import { checkEnvironment, environmentYaml } from '../../../src/generate/environments.ts';
import { valuesSchema } from '../../../src/schema/values.ts';
import { environment } from '../../../src/values/environment.ts';
import { parseOverlay } from '../../../src/values/read-overlay.ts';

const file = 'environments/example.ts';

describe('environment()', () => {
  it('takes any part of the values, and null for a name in a map', () => {
    const overlay = environment({
      app: { s3: { bucket: 'features' } },
      workers: {
        pools: { cpu: { taskLimit: '2h', queues: { celery: null } }, batch: { queues: { slow: {} } } },
      },
    });
    expect(checkEnvironment(overlay, valuesSchema, file)).toEqual([]);
  });

  it('does not compile with unknown keys, wrong types or null for what the chart needs', () => {
    // `tsc` is the test: a line below that compiles is an unused @ts-expect-error, which it refuses.
    const refused = [
      // @ts-expect-error an unknown key at the root
      environment({ imag: {} }),
      // @ts-expect-error an unknown key of a pool
      environment({ workers: { pools: { cpu: { taskLimt: '2h' } } } }),
      // @ts-expect-error a wrong type
      environment({ workers: { pools: { cpu: { concurrency: '4' } } } }),
      // @ts-expect-error not one of the allowed values
      environment({ app: { logFormat: 'xml' } }),
      // @ts-expect-error null where the chart needs a value
      environment({ app: { logFormat: null } }),
    ];
    expect(refused).toHaveLength(5);
  });
});

describe('an environment', () => {
  it('may not repeat the default', () => {
    expect(checkEnvironment({ app: { logFormat: 'json' } }, valuesSchema, file)).toEqual([
      {
        code: 'unchanged',
        file,
        path: 'app.logFormat',
        message: expect.any(String),
        found: '"json"',
        remedy: expect.any(String),
      },
    ]);
  });

  it('may not hold what the schema refuses', () => {
    const problems = checkEnvironment(
      { workers: { pools: { cpu: { taskLimit: '90 minutes' } } } },
      valuesSchema,
      file,
    );
    expect(problems).toEqual([
      expect.objectContaining({ file, path: 'workers.pools.cpu.taskLimit', code: 'pattern' }),
    ]);
  });

  it('is written as YAML with its source, and the schema for editors', () => {
    const overlay = { app: { env: { DEBUG: 'yes' } }, image: { tag: '1.10' } };
    const text = environmentYaml(overlay, file);
    expect(text).toBe(`# Generated from environments/example.ts by \`npm run generate\`; do not edit.
# yaml-language-server: $schema=overlay.schema.json

app:
  env:
    DEBUG: "yes"
image:
  tag: "1.10"
`);
    expect(parseOverlay(text, 'example.yaml')).toMatchObject({ problems: [], overlay: { value: overlay } });
  });
});
