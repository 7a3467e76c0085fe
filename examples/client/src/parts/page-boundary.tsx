import { Component, type ReactNode } from "react";

interface PageBoundaryProps {
  readonly children: ReactNode;
}

/** Shows a plain sentence where a view breaks; never what it broke with. */
export class PageBoundary extends Component<
  PageBoundaryProps,
  { readonly isBroken: boolean }
> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? (
      <div className="empty" role="alert">
        <h1>This view broke</h1>
        <p>
          That is a mistake of this page, not of a store.{" "}
          <a href={window.location.pathname}>Load it again</a>, or go to{" "}
          <a href="/">all stores</a>.
        </p>
      </div>
    ) : (
      this.props.children
    );
  }
}
