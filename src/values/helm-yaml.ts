/**
 * Plain (unquoted) YAML scalars as Helm reads them. Helm's reader (go-yaml v2 behind sigs.k8s.io/yaml) is neither
 * YAML 1.1 nor 1.2: `yes`, `on` and `y` are booleans, `0777` is octal, `1_000` is 1000, but `12:30:45` and dates are text.
 */

/** What a plain scalar can mean. */
export type PlainScalar = string | number | boolean | null;

const NULL = /^(?:|~|null|Null|NULL)$/;
const HELM_TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const HELM_FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/** What Helm makes of a plain scalar. It refuses files that hold `.inf` or `.nan`, since JSON has no such number. */
export function helmScalar(source: string): PlainScalar {
  if (NULL.test(source)) return null;
  if (HELM_TRUE.test(source)) return true;
  if (HELM_FALSE.test(source)) return false;
  if (!/^[-+.0-9]/.test(source)) return source;
  const special = infiniteOrNaN(source);
  if (special !== undefined) return special;
  // Underscores are dropped everywhere, then Go's ParseInt with base 0 is tried, then a float.
  const plain = source.replaceAll('_', '');
  const whole = goInteger(plain);
  if (whole !== undefined) return whole;
  return FLOAT.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : source;
}

/** What YAML 1.2 (core schema: editors, most libraries) makes of a plain scalar. */
export function coreScalar(source: string): PlainScalar {
  if (NULL.test(source)) return null;
  if (/^(?:true|True|TRUE)$/.test(source)) return true;
  if (/^(?:false|False|FALSE)$/.test(source)) return false;
  if (/^0o[0-7]+$/.test(source) || /^0x[0-9a-fA-F]+$/.test(source)) return Number(source);
  return infiniteOrNaN(source) ?? (FLOAT.test(source) ? Number(source) : source);
}

/** True where Helm and YAML 1.2 read a plain scalar differently, or Helm refuses it. */
export function isAmbiguousPlainScalar(source: string): boolean {
  const read = helmScalar(source);
  const hasValue = typeof read !== 'number' || Number.isFinite(read);
  return !hasValue || read !== coreScalar(source);
}

function infiniteOrNaN(source: string): number | undefined {
  const infinite = INFINITE.exec(source);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  return NOT_A_NUMBER.test(source) ? Number.NaN : undefined;
}

function goInteger(plain: string): number | undefined {
  const match = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))$/.exec(plain);
  if (match === null) return undefined;
  const [, sign, hexadecimal, octal, binary, decimal] = match;
  const digits = hexadecimal ?? octal ?? binary ?? decimal ?? '';
  const base = hexadecimal !== undefined ? 16 : octal !== undefined ? 8 : binary !== undefined ? 2 : 10;
  const size = Number.parseInt(digits, base);
  return sign === '-' && size !== 0 ? -size : size;
}
