import { ComplexList, ComplexObject, Fn, type IInterpolatingParent, type IResolvable } from "../engine";
import type { AttributeType, ObjectType, Scalar } from "./table";

/** What an attribute reads as when its configuration type is `T`: a token, or a path to more of them. */
export type Reference<T> = [T] extends [string]
  ? string
  : [T] extends [number]
    ? number
    : [T] extends [boolean | IResolvable]
      ? IResolvable
      : [T] extends [string[]]
        ? string[]
        : [T] extends [number[]]
          ? number[]
          : [Extract<T, unknown[]>] extends [never]
            ? ObjectReference<T>
            : ListReference<Extract<T, unknown[]>[number]>;

/** A reference to a nested object and, by its members, to what it holds. `ReadOnly` has no configuration keys. */
export type ObjectReference<T, ReadOnly = unknown> = ComplexObject & {
  readonly [Key in keyof T]-?: Reference<NonNullable<T[Key]>>;
} & ReadOnly;

export type ListReference<T, ReadOnly = unknown> = ComplexList & {
  /** A reference to the item at this index. */
  get(index: number): ObjectReference<T, ReadOnly>;
};

/** What a resource, a data source and a nested object have in common as the base of a reference. */
interface ReferenceParent extends IInterpolatingParent {
  getStringAttribute(name: string): string;
  getNumberAttribute(name: string): number;
  getBooleanAttribute(name: string): IResolvable;
  getListAttribute(name: string): string[];
  getNumberListAttribute(name: string): number[];
}

/** A reference to an attribute of `parent`. Made when it is read, since nearly no attribute ever is. */
export function referenceTo(parent: ReferenceParent, name: string, type: AttributeType): unknown {
  switch (type.kind) {
    case "scalar":
      return scalarReference(parent, name, type.scalar);
    case "list":
      return listReference(parent, name, type.element);
    case "set":
      // A set has no order; a list of its members does.
      return Fn.tolist(listReference(parent, name, type.element));
    case "object":
      return new (referenceClass(type.object))(parent, name, false);
    case "objectList":
      return new ObjectListReference(parent, name, type.object);
  }
}

function scalarReference(parent: ReferenceParent, name: string, scalar: Scalar): unknown {
  if (scalar === "string") return parent.getStringAttribute(name);
  if (scalar === "number") return parent.getNumberAttribute(name);
  return parent.getBooleanAttribute(name);
}

function listReference(parent: ReferenceParent, name: string, element: Scalar): unknown {
  return element === "number" ? parent.getNumberListAttribute(name) : parent.getListAttribute(name);
}

class ObjectListReference extends ComplexList {
  constructor(
    parent: IInterpolatingParent,
    name: string,
    private readonly itemType: ObjectType,
  ) {
    super(parent, name, false);
  }

  get(index: number): ComplexObject {
    return new (referenceClass(this.itemType))(this.terraformResource, this.terraformAttribute, false, index);
  }
}

const referenceClasses = new WeakMap<ObjectType, typeof ComplexObject>();

/** One class for each object type that is read, with a getter for every attribute. */
function referenceClass(type: ObjectType): typeof ComplexObject {
  let known = referenceClasses.get(type);
  if (known === undefined) {
    known = class extends ComplexObject {};
    for (const { name, key, type: attributeType } of type.attributes) {
      Object.defineProperty(known.prototype, key, {
        get(this: ReferenceParent) {
          return referenceTo(this, name, attributeType);
        },
      });
    }
    referenceClasses.set(type, known);
  }
  return known;
}
