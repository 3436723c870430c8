/** What a GraphQL type holds: its properties, without the methods that resolve fields. */
export type FieldsOf<Node> = { [Field in keyof Node as Node[Field] extends (...args: never) => unknown ? never : Field]: Node[Field] };

/** An object of a GraphQL type. A field that the type declares and that is left out, or is something else, does not compile. */
export function nodeOf<Node extends object>(type: new () => Node, fields: NoInfer<FieldsOf<Node>>): Node {
  return Object.assign(new type(), fields);
}

/** A row whose empty columns are null and nothing else, as the database gives them. */
export type Filled<Row> = {
  [Column in keyof Row as Column extends string ? Column : never]-?: undefined extends Row[Column]
    ? Exclude<Row[Column], undefined> | null
    : Row[Column];
};

/** A row as the database gives it: MikroORM's types say `undefined` as well, for rows that are not stored yet. */
export function stored<Row extends object>(row: Row): Filled<Row> {
  return row as Filled<Row>;
}
