/** A token of a Go template action; text outside of `{{ … }}` and comments have none. */
export interface Token {
  /** `name`: a function or a keyword; `field`: a chain such as `$.ctx.pools` or `.root`; `mark`: one of `( ) | , =` or `:=`. */
  readonly kind: 'name' | 'field' | 'string' | 'number' | 'mark';
  /** As it is written; of a string, its content. */
  readonly text: string;
}

/** The tokens of one `{{ … }}`, in order. */
export type Action = readonly Token[];

const action = /\{\{-?\s*(\/\*[\s\S]*?\*\/|(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`])*?)\s*-?\}\}/g;
const token =
  /"(?<quoted>(?:[^"\\]|\\.)*)"|`(?<raw>[^`]*)`|(?<field>[$.](?:[\w.$-]*\w)?)|(?<name>[A-Za-z_]\w*)|(?<number>-?\d[\w.]*)|(?<mark>:=|[()|,=])/g;

/** The actions of a template, without its comments. An action may go over many lines. */
export function actionsOf(template: string): readonly Action[] {
  return [...template.matchAll(action)].flatMap(([, inside = '']) =>
    inside.startsWith('/*') ? [] : [tokensOf(inside)],
  );
}

function tokensOf(inside: string): Action {
  return [...inside.matchAll(token)].map(({ groups = {} }): Token => {
    const { quoted, raw, field, name, number, mark } = groups;
    if (field !== undefined) return { kind: 'field', text: field };
    if (name !== undefined) return { kind: 'name', text: name };
    if (number !== undefined) return { kind: 'number', text: number };
    if (mark !== undefined) return { kind: 'mark', text: mark };
    return { kind: 'string', text: quoted ?? raw ?? '' };
  });
}
