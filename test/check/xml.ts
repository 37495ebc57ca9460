/** An element as a strict reader sees it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

const TOKEN = /<\?xml[^?]*\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

/** Letters that XML 1.0 allows (section 2.2). */
const ALLOWED = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

/**
 * Reads XML and throws where it is not well-formed: what is open is closed, entities are of the five, no letter that XML
 * cannot hold, no end of a CDATA section in text.
 */
export const elements = (xml: string): readonly Element[] => {
  if (!ALLOWED.test(xml)) throw new Error("a letter that XML cannot hold");
  const found: Element[] = [];
  const open: Element[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(xml);
    if (match === null) throw new Error(`no XML at ${at}: ${xml.slice(at, at + 80)}`);
    const [, cdata, closes, name, attributes = "", empty, text] = match;
    const holder = open.at(-1);
    if (cdata !== undefined && holder !== undefined) holder.text += cdata;
    else if (text !== undefined) {
      if (text.includes("]]>")) throw new Error("the end of a section that never began");
      if (holder === undefined && text.trim() !== "") throw new Error("text outside of everything");
      if (holder !== undefined) holder.text += plain(text);
    } else if (name !== undefined && closes === "/") {
      if (open.pop()?.name !== name) throw new Error(`${name} closes what is not open`);
    } else if (name !== undefined) {
      const element: Element = { name, attributes: attributesOf(attributes), text: "" };
      found.push(element);
      if (empty === "") open.push(element);
    }
  }
  if (open.length > 0) throw new Error(`${open.length} elements are not closed`);
  return found;
};

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, plain(value)]));

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.replace(/&(#?\w*);?/g, (whole, name: string) => {
    if (name.startsWith("#") && whole.endsWith(";"))
      return String.fromCodePoint(Number(name.slice(1).replace(/^x/i, "0x")));
    const letter = ENTITIES[name];
    if (letter === undefined || !whole.endsWith(";")) throw new Error(`no entity: ${whole}`);
    return letter;
  });
