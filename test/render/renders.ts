import { type Manifest, type RenderOptions, readManifests, renderText } from '../../src/chart/helm.ts';
import { valuesSchema } from '../../src/schema/values.ts';
import { compileChecker } from '../../src/values/check-merged.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { readOverlay } from '../../src/values/read-overlay.ts';
import { defaultValues } from '../../src/values/schema-tree.ts';

const defaults = defaultValues(valuesSchema);

/** Texts by what was asked: many tests look at the same render. Test files of one worker share them. */
const texts = new Map<string, Promise<string>>();

/**
 * `helm template`, once for equal options. ajv looks at the schema in Helm's place, in a thousandth of the time
 * (validators-agree.test.ts holds the two together); what ajv refuses goes to Helm, for its message.
 * @throws {HelmError} when Helm refuses values or templates.
 */
export function renderedText(options: RenderOptions = {}): Promise<string> {
  const key = JSON.stringify(options);
  const text = texts.get(key) ?? makeText(options);
  texts.set(key, text);
  return text;
}

/** The same as typed objects in Helm's order; they are the caller's own. */
export async function renderedObjects(options: RenderOptions = {}): Promise<readonly Manifest[]> {
  return readManifests(await renderedText(options));
}

async function makeText(options: RenderOptions): Promise<string> {
  return renderText({ ...options, skipSchema: options.chart === undefined && (await isAccepted(options)) });
}

async function isAccepted({ valuesFiles = [], values = {} }: RenderOptions): Promise<boolean> {
  const files = await Promise.all(valuesFiles.map(readOverlay));
  const overlays = files.flatMap(({ overlay }) => (overlay === undefined ? [] : [overlay.value]));
  const merged = mergeValues(defaults, [...overlays, values as ValueMap]);
  return overlays.length === files.length && compileChecker(valuesSchema)(merged).length === 0;
}
