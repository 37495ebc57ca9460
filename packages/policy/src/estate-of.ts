import { Estate } from "./estate.ts";
import type { EstateContext, PlainResource } from "./plain.ts";
import { type Resource, UNKNOWN } from "./resource.ts";
import { canonicalType } from "./types.ts";

/** The estate that some input describes: of one stack, or of several that are judged together. */
export const estateOf = (resources: readonly PlainResource[], context: EstateContext = {}): Estate => {
  const estate = new Estate(context);
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  for (const resource of resources) estate.add(resourceOf(resource, byId));
  return estate;
};

const resourceOf = (plain: PlainResource, byId: ReadonlyMap<string, PlainResource>): Resource => {
  const { id, type, name, outputs, parent, propertyDependencies, stack, protect, secretPaths } = plain;
  const provider = providerOf(plain.provider, byId);
  return {
    urn: id,
    type: canonicalType(type),
    name,
    props: withUnknowns(plain),
    ...(provider === undefined ? {} : { provider }),
    ...(parent === undefined ? {} : { parent }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(stack === undefined ? {} : { stack }),
    ...(protect === true ? { protect } : {}),
    ...(propertyDependencies === undefined ? {} : { propertyDependencies }),
    ...(secretPaths === undefined || secretPaths.length === 0 ? {} : { secretPaths }),
  };
};

/** The provider by its id in the list; a state writes `<urn>::<id>`. */
const providerOf = (
  provider: PlainResource["provider"],
  byId: ReadonlyMap<string, PlainResource>,
): Resource["provider"] => {
  if (provider === undefined) return undefined;
  if (typeof provider !== "string") {
    const { type, properties, id, name } = provider;
    return {
      type,
      props: properties,
      ...(id === undefined ? {} : { urn: id }),
      ...(name === undefined ? {} : { name }),
    };
  }
  const found = byId.get(provider) ?? byId.get(provider.slice(0, Math.max(0, provider.lastIndexOf("::"))));
  if (found === undefined) return undefined;
  return { type: found.type, props: withUnknowns(found), urn: found.id, name: found.name };
};

/** The inputs with what is not known marked in place; the caller's own objects stay as they are. */
const withUnknowns = ({ properties, unknownPaths = [] }: PlainResource): unknown =>
  unknownPaths.reduce<unknown>((props, path) => marked(props, path.split(".")), properties);

const marked = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
  if (key === undefined) return UNKNOWN;
  if (typeof value !== "object" || value === null) return UNKNOWN;
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) => (String(index) === key ? marked(member, rest) : member));
  }
  const held: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  return Object.fromEntries([...Object.entries(value), [key, held === undefined ? UNKNOWN : marked(held, rest)]]);
};
