/** Whether a text fits a pattern in which a star stands for anything. */
export const matcher = (pattern: string): ((text: string) => boolean) => {
  if (!pattern.includes("*")) return (text) => text === pattern;
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop() ?? "";
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
};
