import { useEditorContext } from "@graphiql/react";
import { GraphiQL, type GraphiQLProps } from "graphiql";
import { useEffect } from "react";
import { examples } from "./examples";
import { UpstreamCost } from "./upstream-cost";

/** GraphiQL with the examples in its tabs and the cost of each answer below it. */
export function Explorer({
  fetcher,
  storage,
}: Required<Pick<GraphiQLProps, "fetcher" | "storage">>) {
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      shouldPersistHeaders={false}
      defaultTabs={[...examples]}
      defaultQuery=""
      defaultEditorToolsVisibility="variables"
    >
      <WrappedLines />
      <GraphiQL.Logo>Clientele</GraphiQL.Logo>
      <GraphiQL.Footer>
        <UpstreamCost />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

/** The comments that explain the examples are longer than the editor is wide. */
function WrappedLines() {
  const { queryEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    queryEditor?.setOption("lineWrapping", true);
  }, [queryEditor]);
  return null;
}
