import "reflect-metadata";
import {
  type GraphQLResolveInfo,
  type GraphQLSchema,
  graphql,
  isObjectType,
} from "graphql";
import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Info,
  Int,
  InterfaceType,
  ObjectType,
  Query,
  Resolver,
  Root,
  UseMiddleware,
  buildSchemaSync,
  createParameterDecorator,
  getMetadataStorage,
} from "type-graphql";
import { checkScopes } from "../../src/graph/authorize";
import { callDirectly } from "../../src/graph/direct-resolvers";

type ResolverClass = new () => object;

/** A schema of these, called by type-graphql and called directly. */
function build(...resolvers: readonly [ResolverClass, ...ResolverClass[]]): {
  readonly wrapped: GraphQLSchema;
  readonly direct: GraphQLSchema;
} {
  const make = () =>
    buildSchemaSync({
      resolvers,
      authChecker: checkScopes as never,
      validate: false,
    });
  const wrapped = make();
  const direct = make();
  callDirectly(direct);
  return { wrapped, direct };
}

const contextOf = (...scopes: readonly string[]) => ({
  caller: { name: "test", scopes: new Set(scopes) },
});

/** Answers of both ways, which must be equal. */
async function ask(
  { wrapped, direct }: ReturnType<typeof build>,
  source: string,
  contextValue: unknown = contextOf(),
) {
  const [expected, answer] = await Promise.all(
    [wrapped, direct].map(async (schema) =>
      JSON.parse(
        JSON.stringify(await graphql({ schema, source, contextValue })),
      ),
    ),
  );
  expect(answer).toEqual(expected);
  return answer as { readonly data: any; readonly errors?: readonly any[] };
}

describe("resolvers that are called directly", () => {
  beforeEach(() => {
    getMetadataStorage().clear();
  });

  it("get what they declare, in their own order", async () => {
    @ArgsType()
    class Several {
      @Field(() => Int, { defaultValue: 7 }) count!: number;
      @Field(() => String, { nullable: true }) text?: string;
    }
    @ObjectType({ simpleResolvers: true })
    class Row {
      @Field() id!: string;
    }
    @Resolver(() => Row)
    class RowResolver {
      readonly #name = "own";

      @Query(() => Row)
      row(@Arg("id", { defaultValue: "default" }) id: string): Row {
        return Object.assign(new Row(), { id });
      }

      @FieldResolver(() => String)
      all(
        @Info() { fieldName, path }: GraphQLResolveInfo,
        @Args() several: Several,
        @Ctx() context: ReturnType<typeof contextOf>,
        @Root() row: Row,
      ): string {
        return JSON.stringify([
          this.#name,
          fieldName,
          path.key,
          { ...several },
          context.caller.name,
          row.id,
          row instanceof Row,
        ]);
      }

      @FieldResolver(() => [Int], { nullable: "items" })
      async late(
        @Root() { id }: Row,
        @Arg("of", () => Int, { nullable: true }) of?: number,
      ): Promise<unknown[]> {
        await Promise.resolve();
        return [id.length, of];
      }

      @FieldResolver(() => String, { nullable: true })
      nothing(): undefined {
        return undefined;
      }
    }
    const { data } = await ask(
      build(RowResolver),
      '{ row { id x: all(text: "t") y: all(count: 1, text: null) late(of: 3) none: late nothing } other: row(id: "o") { id } }',
    );
    expect(data).toEqual({
      row: {
        id: "default",
        x: '["own","all","x",{"count":7,"text":"t"},"test","default",true]',
        y: '["own","all","y",{"count":1,"text":null},"test","default",true]',
        late: [7, 3],
        none: [7, null],
        nothing: null,
      },
      other: { id: "o" },
    });
  });

  it("are not asked without the scopes that they take", async () => {
    const asked: string[] = [];
    @ObjectType({ simpleResolvers: true })
    class Row {
      @Field() id!: string;
    }
    @Resolver(() => Row)
    class RowResolver {
      @Authorized("read:groups")
      @Query(() => Row, { nullable: true })
      row(): Row {
        asked.push("row");
        return Object.assign(new Row(), { id: "1" });
      }

      @Query(() => String)
      open(): string {
        return "open";
      }

      @Authorized("read:groups", "read:customers")
      @FieldResolver(() => String, { nullable: true })
      both(): string {
        asked.push("both");
        return "both";
      }
    }
    const schemas = build(RowResolver);
    const source = "{ open row { id both } }";
    expect(await ask(schemas, source)).toMatchObject({
      data: { open: "open", row: null },
      errors: [{ message: expect.stringContaining("read:groups") as string }],
    });
    expect(asked).toEqual([]);
    expect(await ask(schemas, source, contextOf("read:groups"))).toMatchObject({
      data: { row: { id: "1", both: null } },
      errors: [
        { message: expect.stringContaining("read:customers") as string },
      ],
    });
    expect(asked).toEqual(["row", "row"]);
    const all = contextOf("read:groups", "read:customers");
    expect((await ask(schemas, source, all)).data.row.both).toBe("both");
  });

  it("fail as they fail", async () => {
    @Resolver()
    class FailingResolver {
      @Query(() => String, { nullable: true })
      throws(): string {
        throw new Error("thrown");
      }

      @Query(() => String, { nullable: true })
      rejects(): Promise<string> {
        return Promise.reject(new Error("rejected"));
      }
    }
    const { data, errors } = await ask(
      build(FailingResolver),
      "{ throws rejects }",
    );
    expect(data).toEqual({ throws: null, rejects: null });
    expect(errors).toHaveLength(2);
  });

  it("are those of the interface, but for a type's own", async () => {
    @InterfaceType()
    abstract class Named {
      @Field() id!: string;
    }
    @ObjectType({ implements: Named, simpleResolvers: true })
    class One extends Named {}
    @ObjectType({ implements: Named, simpleResolvers: true })
    class Other extends Named {}
    @Resolver(() => Named)
    class NamedResolver {
      @Query(() => [Named])
      all(): Named[] {
        return [One, Other, One].map((type, index) =>
          Object.assign(new type(), { id: `${index}` }),
        );
      }

      @FieldResolver(() => String)
      name(@Root() { id }: Named): string {
        return `named ${id}`;
      }
    }
    @Resolver(() => Other)
    class OtherResolver {
      @FieldResolver(() => String)
      own(@Root() { id }: Other): string {
        return `own ${id}`;
      }
    }
    const schemas = build(NamedResolver, OtherResolver);
    const { data } = await ask(
      schemas,
      "{ all { __typename name ... on Other { own } } }",
    );
    expect(data.all).toEqual([
      { __typename: "One", name: "named 0" },
      { __typename: "Other", name: "named 1", own: "own 1" },
      { __typename: "One", name: "named 2" },
    ]);
    // Every one of them was replaced.
    const fieldsOf = (schema: GraphQLSchema, name: string) => {
      const type = schema.getType(name);
      return isObjectType(type) ? Object.values(type.getFields()) : [];
    };
    for (const name of ["Query", "One", "Other"]) {
      for (const [index, { resolve }] of fieldsOf(
        schemas.direct,
        name,
      ).entries()) {
        if (resolve) {
          expect(resolve).not.toBe(
            fieldsOf(schemas.wrapped, name)[index]!.resolve,
          );
        }
      }
    }
  });

  it("have no middlewares", () => {
    @Resolver()
    class GuardedResolver {
      @UseMiddleware(async (_, next) => next() as Promise<unknown>)
      @Query(() => String)
      guarded(): string {
        return "guarded";
      }
    }
    expect(() => build(GuardedResolver)).toThrow(
      "guarded has middlewares, which nobody would call",
    );
  });

  it("have no parameters of other kinds", () => {
    @Resolver()
    class CustomResolver {
      @Query(() => String)
      custom(@createParameterDecorator(() => "value") value: string): string {
        return value;
      }
    }
    expect(() => build(CustomResolver)).toThrow("kind custom");
  });

  it("are methods of resolver classes", () => {
    @ObjectType({ simpleResolvers: true })
    class Row {
      @Field(() => String)
      method(): string {
        return "method";
      }
    }
    @Resolver()
    class RowResolver {
      @Query(() => Row)
      row(): Row {
        return new Row();
      }
    }
    expect(() => build(RowResolver)).toThrow(
      "method is no method of a resolver class",
    );
  });
});
